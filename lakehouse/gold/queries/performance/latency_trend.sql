-- How long the runs of each agent take, day by day
SELECT day,
       agent,
       count(*) AS runs,
       round(quantile_cont(total_latency_ms, 0.5), 1) AS p50_ms,
       round(quantile_cont(total_latency_ms, 0.95), 1) AS p95_ms,
       round(quantile_cont(total_latency_ms, 0.99), 1) AS p99_ms
FROM gold.agent_runs
WHERE day >= $since
GROUP BY day, agent
ORDER BY day, agent
