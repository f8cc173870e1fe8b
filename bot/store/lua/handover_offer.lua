-- Keep a talk under its code; the same event may come again, another one may not have the code.
-- KEYS: handover   ARGV: event, sealed talk, ttl s   returns: 1, or 0 where another event's talk is there
local origin = redis.call('HGET', KEYS[1], 'origin')
if origin then
  return origin == ARGV[1] and 1 or 0
end
redis.call('HSET', KEYS[1], 'origin', ARGV[1], 'talk', ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[3])
return 1
