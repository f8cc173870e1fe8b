-- Count one more attempt. KEYS: counter   ARGV: limit, window s   returns: seconds to wait, 0 if it is allowed
if redis.call('INCR', KEYS[1]) == 1 or redis.call('TTL', KEYS[1]) > tonumber(ARGV[2]) then  -- the clock was set back
  redis.call('EXPIRE', KEYS[1], ARGV[2])
end
if tonumber(redis.call('GET', KEYS[1])) > tonumber(ARGV[1]) then
  return math.max(redis.call('TTL', KEYS[1]), 1)
end
return 0
