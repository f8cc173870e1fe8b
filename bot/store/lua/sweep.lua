-- Return the users of one bucket who are due, and postpone them so that they are not returned again at once.
-- KEYS: due   ARGV: postpone by ms, limit
-- "Due" is decided by Redis's own clock.
-- returns: pseudonyms
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local found = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[2])
for _, user in ipairs(found) do
  redis.call('ZADD', KEYS[1], now + ARGV[1], user)
end
return found
