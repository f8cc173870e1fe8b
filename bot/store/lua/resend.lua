-- Put what was not delivered back into the outbox, once: whoever asks second finds it changed or gone.
-- KEYS: undelivered, outbox, due   ARGV: entry id, entry as it was read, entry as it is to be sent, user, now ms
-- returns: 1, or 0 where it is no longer there
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then
  return 0
end
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('RPUSH', KEYS[2], ARGV[3])
redis.call('ZADD', KEYS[3], ARGV[5], ARGV[4])
return 1
