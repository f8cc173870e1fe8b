-- Test that this server accepts the writes of the bot.
-- KEYS: write probe
return redis.call('SET', KEYS[1], '1', 'PX', 1000)
