-- Which steps fail most
SELECT agent_runs.agent,
       step_name,
       count(*) AS steps,
       count(*) FILTER (run_steps.status = 'failed') AS failed,
       round(avg((run_steps.status = 'failed')::INT), 4) AS failure_rate
FROM gold.run_steps
JOIN gold.agent_runs USING (run_id)
WHERE run_steps.day >= $since
GROUP BY agent_runs.agent, step_name
HAVING failed > 0
ORDER BY failed DESC, agent_runs.agent, step_name
LIMIT 20
