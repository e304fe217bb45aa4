-- Which providers answer and which do not
SELECT provider,
       model,
       count(*) AS calls,
       count(*) FILTER (status = 'failed') AS failed,
       count(*) FILTER (status = 'refused') AS refused,
       round(avg((status = 'failed')::INT), 4) AS failure_rate
FROM gold.api_calls
WHERE day >= $since
GROUP BY provider, model
ORDER BY failed DESC, calls DESC, provider, model
