-- How many runs there were, day by day
SELECT day, agent, count(*) AS runs, sum(total_api_calls)::BIGINT AS calls, round(sum(cost_usd), 6) AS cost_usd
FROM gold.agent_runs
WHERE day >= $since
GROUP BY day, agent
ORDER BY day, agent
