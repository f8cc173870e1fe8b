-- Remove a reminder that cannot be sent, if it is still the one that was read.
-- KEYS: reminders, due reminders   ARGV: kind, reminder as read ('' if there is none), user
-- returns: 1, or 0 if it has changed
if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then
  return 0
end
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('ZREM', KEYS[2], ARGV[3] .. ':' .. ARGV[1])
return 1
