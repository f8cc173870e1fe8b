-- Put what was not delivered back into the outbox, once: whoever asks second finds it changed or gone.
-- KEYS: undelivered, outbox, due, since   ARGV: entry id, entry as it was read, entry as it is to be sent, user
-- returns: 1, or 0 where it is no longer there
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then
  -- 1 where it was this very call: the client asks once more when its connection breaks
  return redis.call('LINDEX', KEYS[2], -1) == ARGV[3] and 1 or 0
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('RPUSH', KEYS[2], ARGV[3])
redis.call('ZADD', KEYS[3], now, ARGV[4])
redis.call('ZADD', KEYS[4], 'NX', now, ARGV[4])
return 1
