-- Make due the users of one bucket whose time is further off than any can be, because it was written before this
-- server's clock was set back.
-- KEYS: due, waiting since   ARGV: now (ms, by this server's clock), how far off a time may be (ms)
-- returns: how many users became due
local far = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. string.format('%.0f', ARGV[1] + ARGV[2]), '+inf')
for _, user in ipairs(far) do
  redis.call('ZADD', KEYS[1], ARGV[1], user)
end
for _, user in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. ARGV[1], '+inf')) do
  redis.call('ZADD', KEYS[2], ARGV[1], user)
end
return #far
