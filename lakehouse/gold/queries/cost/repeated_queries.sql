-- Which queries were paid for more than once on a day
SELECT day,
       provider,
       model,
       left(query_used, 80) AS query,
       count(*) AS calls,
       round(sum(cost_usd), 6) AS cost_usd,
       round(sum(cost_usd) - max(cost_usd), 6) AS saved_by_keeping
FROM gold.api_calls
WHERE day >= $since AND status = 'succeeded'
GROUP BY day, provider, model, query_used
HAVING count(*) > 1
ORDER BY saved_by_keeping DESC, calls DESC, query
LIMIT 20
