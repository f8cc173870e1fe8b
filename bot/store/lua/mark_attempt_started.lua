-- Replace the head of the outbox by the entry that records a new attempt.
-- KEYS: lease, outbox   ARGV: token, entry   returns 1, or 0 if the lease was lost
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
redis.call('LSET', KEYS[2], 0, ARGV[2])
return 1
