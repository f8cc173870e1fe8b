-- Users of one bucket whose time has come and whom nobody holds; they are not given out again before `again`.
-- KEYS: due
-- ARGV: not again within ms, at most; whose time has come is told by Redis's own clock
-- returns: pseudonyms
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local found = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[2])
for _, user in ipairs(found) do
  redis.call('ZADD', KEYS[1], now + ARGV[1], user)
end
return found
