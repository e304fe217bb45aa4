-- Which queries cost most
SELECT provider, model, left(query_used, 80) AS query, count(*) AS calls, round(sum(cost_usd), 6) AS cost_usd
FROM gold.api_calls
WHERE day >= $since
GROUP BY provider, model, query_used
HAVING sum(api_calls.cost_usd) > 0
ORDER BY cost_usd DESC, calls DESC, query
LIMIT 20
