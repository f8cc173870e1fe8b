-- Move an undelivered entry back to the outbox, once: a second caller finds it changed or gone.
-- KEYS: undelivered, outbox, due, waiting since   ARGV: entry id, entry as read, entry to send, user
-- returns: 1, or 0 if it is no longer there
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then
  -- 1 if it was this very call, which the client repeats if its connection breaks
  return redis.call('LINDEX', KEYS[2], -1) == ARGV[3] and 1 or 0
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('RPUSH', KEYS[2], ARGV[3])
redis.call('ZADD', KEYS[3], now, ARGV[4])
redis.call('ZADD', KEYS[4], 'NX', now, ARGV[4])
return 1
