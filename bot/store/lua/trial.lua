-- Whether this server takes what the bot writes.
-- KEYS: trial   ARGV: none
return redis.call('SET', KEYS[1], '1', 'PX', 1000)
