-- Count the events in which a user tries a resume code; the same event counts once.
-- KEYS: guesses   ARGV: event, limit, window s   returns: 1, or 0 if the limit is exceeded
if redis.call('TTL', KEYS[1]) > tonumber(ARGV[3]) then
  redis.call('EXPIRE', KEYS[1], ARGV[3])  -- Redis's clock was set back
end
if redis.call('SISMEMBER', KEYS[1], ARGV[1]) == 1 then
  return 1
end
if redis.call('SCARD', KEYS[1]) >= tonumber(ARGV[2]) then
  return 0
end
redis.call('SADD', KEYS[1], ARGV[1])
if redis.call('SCARD', KEYS[1]) == 1 then
  redis.call('EXPIRE', KEYS[1], ARGV[3])
end
return 1
