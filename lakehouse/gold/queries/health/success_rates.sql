-- How many runs of each agent succeeded
SELECT agent,
       count(*) AS runs,
       count(*) FILTER (status = 'succeeded') AS succeeded,
       count(*) FILTER (status = 'failed') AS failed,
       round(avg((status = 'succeeded')::INT), 4) AS success_rate
FROM gold.agent_runs
WHERE day >= $since
GROUP BY agent
ORDER BY failed DESC, agent
