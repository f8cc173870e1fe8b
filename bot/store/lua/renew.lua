-- Extend a lease that is still ours. KEYS: lease   ARGV: token, lease ms   returns 1, or 0 if it was lost
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
