-- Move the head of the outbox, which cannot be delivered, to the undelivered entries, so that an operator can resend it.
-- KEYS: lease, outbox, undelivered
-- ARGV: token, entry id, entry, ttl s, limit, first bytes of the head that is meant (a client may repeat the call)
-- returns: 1, or 0 if the lease was lost
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
local head = redis.call('LINDEX', KEYS[2], 0) or ''
if string.sub(head, 1, #ARGV[6]) ~= ARGV[6] then
  return 1
end
redis.call('LPOP', KEYS[2])
if redis.call('HLEN', KEYS[3]) < tonumber(ARGV[5]) then
  redis.call('HSET', KEYS[3], ARGV[2], ARGV[3])
  redis.call('EXPIRE', KEYS[3], ARGV[4])
end
return 1
