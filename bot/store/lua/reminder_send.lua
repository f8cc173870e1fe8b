-- Move a reminder that is due to its user's outbox, once: a second caller finds it changed or gone.
-- KEYS: reminders, due reminders, outbox, due, waiting since   ARGV: kind, reminder as read, entry to send, user
-- returns: 1, or 0 if it is no longer there
local member = ARGV[4] .. ':' .. ARGV[1]
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then
  -- 1 if it was this very call, which the client repeats if its connection breaks
  return redis.call('LINDEX', KEYS[3], -1) == ARGV[3] and 1 or 0
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('ZREM', KEYS[2], member)
redis.call('RPUSH', KEYS[3], ARGV[3])
redis.call('ZADD', KEYS[4], now, ARGV[4])
redis.call('ZADD', KEYS[5], 'NX', now, ARGV[4])
return 1
