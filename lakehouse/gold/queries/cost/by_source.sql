-- What each source costs, and each row that it keeps
WITH newest AS (
    SELECT source, rows_kept FROM gold.source_health QUALIFY row_number() OVER (PARTITION BY source ORDER BY day DESC) = 1
)
SELECT subject AS source,
       count(*) AS runs,
       sum(total_api_calls)::BIGINT AS calls,
       round(sum(cost_usd), 6) AS cost_usd,
       any_value(rows_kept) AS rows_kept,
       round(sum(cost_usd) / nullif(any_value(rows_kept), 0), 9) AS cost_a_row
FROM gold.agent_runs
JOIN newest ON source = subject
WHERE day >= $since
GROUP BY subject
ORDER BY cost_usd DESC, calls DESC, source
