-- At which hours of the day (UTC) most is done
SELECT hour(started_at) AS hour_utc,
       count(*) AS runs,
       sum(total_api_calls)::BIGINT AS calls,
       round(avg(total_latency_ms), 1) AS mean_ms
FROM gold.agent_runs
WHERE day >= $since
GROUP BY hour_utc
ORDER BY hour_utc
