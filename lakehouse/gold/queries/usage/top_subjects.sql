-- Which subjects are worked on most
SELECT subject,
       count(*) AS runs,
       sum(total_api_calls)::BIGINT AS calls,
       round(sum(total_latency_ms) / 1000, 1) AS seconds,
       round(sum(cost_usd), 6) AS cost_usd
FROM gold.agent_runs
WHERE day >= $since
GROUP BY subject
ORDER BY runs DESC, subject
LIMIT 20
