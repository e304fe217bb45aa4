-- How long calls to each provider take
SELECT provider,
       model,
       count(*) AS calls,
       round(quantile_cont(latency_ms, 0.5), 1) AS p50_ms,
       round(quantile_cont(latency_ms, 0.95), 1) AS p95_ms,
       round(quantile_cont(latency_ms, 0.99), 1) AS p99_ms
FROM gold.api_calls
WHERE day >= $since AND status IN ('succeeded', 'failed')
GROUP BY provider, model
ORDER BY p95_ms DESC, provider, model
