-- Take a reminder whose hours are over from the head of the outbox, and let it be due again.
-- KEYS: lease, outbox, reminders, due reminders
-- ARGV: token, first bytes of the head that is meant (a client may repeat the call), kind, reminder, due ms, user, ttl s
-- returns: 1, or 0 if the lease was lost
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
local head = redis.call('LINDEX', KEYS[2], 0) or ''
if string.sub(head, 1, #ARGV[2]) ~= ARGV[2] then
  return 1
end
redis.call('LPOP', KEYS[2])
if redis.call('HSETNX', KEYS[3], ARGV[3], ARGV[4]) == 1 then  -- otherwise the user has set another one meanwhile
  redis.call('EXPIRE', KEYS[3], ARGV[7])
  redis.call('ZADD', KEYS[4], ARGV[5], ARGV[6] .. ':' .. ARGV[3])
  redis.call('EXPIRE', KEYS[4], ARGV[7])
end
return 1
