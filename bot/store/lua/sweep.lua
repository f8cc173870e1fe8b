-- Users of one bucket whose time has come and whom nobody holds; they are not given out again before `again`.
-- KEYS: due
-- ARGV: now ms, again at ms, at most
-- returns: pseudonyms
local found = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
for _, user in ipairs(found) do
  redis.call('ZADD', KEYS[1], ARGV[2], user)
end
return found
