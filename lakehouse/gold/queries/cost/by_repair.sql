-- What each repair cost: the doctor's runs between the failure and its end
SELECT repairs.source,
       incident,
       cause,
       method,
       outcome,
       count(run_id) AS runs,
       coalesce(sum(total_api_calls), 0)::BIGINT AS calls,
       round(coalesce(sum(cost_usd), 0), 6) AS cost_usd,
       repairs.rows,
       round(seconds, 1) AS seconds
FROM gold.repairs
LEFT JOIN gold.agent_runs
       ON agent = 'doctor' AND subject = repairs.source
      AND started_at >= failed_at AND started_at <= coalesce(ended_at, 'infinity'::TIMESTAMPTZ)
WHERE repairs.day >= $since
GROUP BY repairs.source, incident, cause, method, outcome, repairs.rows, seconds
ORDER BY cost_usd DESC, repairs.source, incident
LIMIT 50
