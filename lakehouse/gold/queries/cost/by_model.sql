-- What each provider and model costs
SELECT provider,
       model,
       count(*) AS calls,
       sum(tokens_in)::BIGINT AS tokens_in,
       sum(tokens_out)::BIGINT AS tokens_out,
       count(*) FILTER (status = 'cached') AS cached,
       round(sum(cost_usd), 6) AS cost_usd
FROM gold.api_calls
WHERE day >= $since
GROUP BY provider, model
ORDER BY cost_usd DESC, calls DESC, provider, model
