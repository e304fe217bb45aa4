-- Which subjects fail most
SELECT subject,
       agent,
       count(*) AS runs,
       count(*) FILTER (status = 'failed') AS failed,
       round(avg((status = 'failed')::INT), 4) AS failure_rate,
       max(completed_at) FILTER (status = 'failed') AS last_failure
FROM gold.agent_runs
WHERE day >= $since
GROUP BY subject, agent
HAVING failed > 0
ORDER BY failed DESC, subject, agent
LIMIT 20
