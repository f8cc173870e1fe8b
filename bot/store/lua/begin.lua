-- Write the head of the outbox anew before it is sent again.
-- KEYS: hold, outbox   ARGV: token, entry   returns 1, or 0 where the hold was lost
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
redis.call('LSET', KEYS[2], 0, ARGV[2])
return 1
