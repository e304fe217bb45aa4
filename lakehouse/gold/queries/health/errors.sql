-- What runs failed of, alike messages together
SELECT agent,
       regexp_replace(error_message, '\d+', '#', 'g') AS error,
       count(*) AS runs,
       count(DISTINCT subject) AS subjects,
       max(completed_at) AS last_seen
FROM gold.agent_runs
WHERE day >= $since AND status = 'failed'
GROUP BY agent, error
ORDER BY runs DESC, agent, error
LIMIT 20
