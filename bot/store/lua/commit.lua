-- Commit one turn atomically: new session, outgoing entry, and "this event is done".
-- KEYS: lease, inbox, outbox, session, attempts, overflow, undelivered, guesses, erase request, unsent, reminders,
--       due reminders
-- ARGV: token, session ('' for none), session ttl s, outgoing entry ('' for none), lease ms, source inbox|surplus,
--       first bytes of the event that this turn handled ('' if unknown), 'erase' or '',
--       HMAC of a message that was taken back or '', ttl of that s, user, ttl of reminders s,
--       then for each change of a reminder: kind, due ms, reminder ('' to cancel it)
-- returns: 1, or 0 if the lease was lost
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
-- The client repeats the call if its connection breaks: a turn that was committed must not remove the next event.
if ARGV[4] ~= '' and redis.call('LINDEX', KEYS[3], 0) == ARGV[4] then
  return 1
end
local index = 1
if ARGV[6] ~= 'surplus' and ARGV[7] ~= '' then
  -- only an erase request is handled before the events that came earlier
  local inbox = redis.call('LRANGE', KEYS[2], 0, ARGV[8] == 'erase' and -1 or 0)
  while inbox[index] and string.sub(inbox[index], 1, #ARGV[7]) ~= ARGV[7] do
    index = index + 1
  end
  if not inbox[index] then
    return 1
  end
end
-- Remove the event first. If memory is full, Redis refuses a script whose first write needs memory, but completes one
-- that begins by freeing some.
local erased = nil
if ARGV[6] == 'surplus' then
  redis.call('DEL', KEYS[6])
else
  if index > 1 then
    redis.call('LTRIM', KEYS[2], index - 1, -1)
  end
  erased = redis.call('LPOP', KEYS[2])
  redis.call('DEL', KEYS[5])
end
if ARGV[2] == '' then
  redis.call('DEL', KEYS[4])
else
  redis.call('SET', KEYS[4], ARGV[2], 'EX', ARGV[3])
end
if ARGV[8] == 'erase' then
  -- also waiting replies and the overflow event
  redis.call('DEL', KEYS[3], KEYS[6], KEYS[7], KEYS[8])
  for _, kind in ipairs(redis.call('HKEYS', KEYS[11])) do
    redis.call('ZREM', KEYS[12], ARGV[11] .. ':' .. kind)
  end
  redis.call('DEL', KEYS[11])
  if redis.call('GET', KEYS[9]) == erased then
    redis.call('DEL', KEYS[9])  -- otherwise the user has sent another erase request meanwhile
  end
end
if ARGV[4] ~= '' then
  -- at the head, which the worker delivers next, before entries that an operator sent again meanwhile
  redis.call('LPUSH', KEYS[3], ARGV[4])
end
if ARGV[9] ~= '' then
  redis.call('SADD', KEYS[10], ARGV[9])
  redis.call('EXPIRE', KEYS[10], ARGV[10])
end
for at = 13, #ARGV, 3 do
  local member = ARGV[11] .. ':' .. ARGV[at]
  if ARGV[at + 2] == '' then
    redis.call('HDEL', KEYS[11], ARGV[at])
    redis.call('ZREM', KEYS[12], member)
  else
    redis.call('HSET', KEYS[11], ARGV[at], ARGV[at + 2])
    redis.call('EXPIRE', KEYS[11], ARGV[12])
    redis.call('ZADD', KEYS[12], ARGV[at + 1], member)
    redis.call('EXPIRE', KEYS[12], ARGV[12])
  end
end
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return 1
