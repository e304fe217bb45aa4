-- What the runs of each agent cost
SELECT agent,
       count(*) AS runs,
       round(avg(total_api_calls), 2) AS calls_a_run,
       round(avg(cost_usd), 6) AS cost_a_run,
       round(sum(cost_usd), 6) AS cost_usd
FROM gold.agent_runs
WHERE day >= $since
GROUP BY agent
ORDER BY cost_usd DESC, agent
