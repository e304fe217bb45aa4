-- Which steps take longest
SELECT agent_runs.agent,
       step_name,
       count(*) AS steps,
       round(quantile_cont(latency_ms, 0.5), 1) AS p50_ms,
       round(quantile_cont(latency_ms, 0.95), 1) AS p95_ms,
       round(quantile_cont(latency_ms, 0.99), 1) AS p99_ms,
       round(sum(latency_ms), 1) AS total_ms
FROM gold.run_steps
JOIN gold.agent_runs USING (run_id)
WHERE run_steps.day >= $since
GROUP BY agent_runs.agent, step_name
ORDER BY total_ms DESC, agent_runs.agent, step_name
LIMIT 20
