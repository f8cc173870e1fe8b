-- One turn, whole: new session, outgoing entry and "this event is done" together, or nothing.
-- KEYS: hold, inbox, outbox, session, tries, surplus, undelivered, guesses, erasing, unsent
-- ARGV: token, session JSON ('' for none), session ttl s, outgoing entry ('' for none), lease ms, source inbox|surplus,
--       first bytes of the event this turn was made from ('' where it is not known), 'erase' or '',
--       a message that was taken back or '', for how long it is remembered s
-- returns: 1, or 0 where the hold was lost
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
-- The client asks once more when its connection breaks: a turn that is in already must not take the next event away.
if ARGV[4] ~= '' and redis.call('LINDEX', KEYS[3], 0) == ARGV[4] then
  return 1
end
local place = 1
if ARGV[6] ~= 'surplus' and ARGV[7] ~= '' then
  -- only what erases is ever played before its turn
  local waiting = redis.call('LRANGE', KEYS[2], 0, ARGV[8] == 'erase' and -1 or 0)
  while waiting[place] and string.sub(waiting[place], 1, #ARGV[7]) ~= ARGV[7] do
    place = place + 1
  end
  if not waiting[place] then
    return 1
  end
end
-- Taking the event away comes first: Redis refuses a script whose first write needs memory that it does not have, and
-- lets one that began with freeing some go on to its end.
local erased = nil
if ARGV[6] == 'surplus' then
  redis.call('DEL', KEYS[6])
else
  if place > 1 then
    redis.call('LTRIM', KEYS[2], place - 1, -1)
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
  -- also replies that wait, and the word for what came before and was too much
  redis.call('DEL', KEYS[3], KEYS[6], KEYS[7], KEYS[8])
  if redis.call('GET', KEYS[9]) == erased then
    redis.call('DEL', KEYS[9])  -- else the user has left once more meanwhile
  end
end
if ARGV[4] ~= '' then
  -- at the head, which the worker settles next, before what an operator sent again meanwhile
  redis.call('LPUSH', KEYS[3], ARGV[4])
end
if ARGV[9] ~= '' then
  redis.call('SADD', KEYS[10], ARGV[9])
  redis.call('EXPIRE', KEYS[10], ARGV[10])
end
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return 1
