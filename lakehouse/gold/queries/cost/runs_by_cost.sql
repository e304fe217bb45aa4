-- Which runs cost most, and how many calls each made
SELECT run_id, agent, subject, status, total_api_calls AS calls, round(cost_usd, 6) AS cost_usd, started_at
FROM gold.agent_runs
WHERE day >= $since
ORDER BY agent_runs.cost_usd DESC, calls DESC, run_id
LIMIT 20
