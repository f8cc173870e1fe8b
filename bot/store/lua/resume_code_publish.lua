-- Store a conversation under its code. The same event may repeat this; another event may not take the code over.
-- KEYS: resume code   ARGV: event, encrypted conversation, ttl s   returns: 1, or 0 if another event has this code
local origin = redis.call('HGET', KEYS[1], 'origin')
if origin then
  return origin == ARGV[1] and 1 or 0
end
redis.call('HSET', KEYS[1], 'origin', ARGV[1], 'talk', ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[3])
return 1
