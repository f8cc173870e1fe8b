-- Settle what was just delivered, then hold the user and read what waits next, in one round trip.
-- KEYS: hold, inbox, outbox, session, due, tries, surplus, since, erasing, unsent
-- ARGV: token, user, lease ms, settle ('' | 'drop' | 'wait'), entry for 'wait' (for 'drop': the first bytes of the
--       entry that is meant, so that a client that asks twice drops no other), wait that many ms
-- All times are Redis's own: the machines that take turns may have other clocks.
-- returns: {'busy'} someone else holds the user   {'lost'} the hold ended before this call
--          {'idle'} nothing waits, the hold is given back   {'wait'} the head of the outbox waits for its time
--          {'work', outgoing, event, session, tries, surplus, now ms, events behind, unsends 0/1} with '' for what is not there;
--          the events behind that one only where an outgoing entry goes first
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local holder = redis.call('GET', KEYS[1])
if ARGV[4] ~= '' then
  if holder ~= ARGV[1] then
    return {'lost'}
  end
  if ARGV[4] == 'drop' then
    local head = redis.call('LINDEX', KEYS[3], 0) or ''
    if string.sub(head, 1, #ARGV[5]) == ARGV[5] then
      redis.call('LPOP', KEYS[3])
    end
    redis.call('ZADD', KEYS[8], 'XX', now, ARGV[2])  -- progress: whatever else waits, waits from now
  else
    redis.call('LSET', KEYS[3], 0, ARGV[5])
    redis.call('DEL', KEYS[1])
    redis.call('ZADD', KEYS[5], redis.call('EXISTS', KEYS[9]) == 1 and now or now + ARGV[6], ARGV[2])
    return {'wait'}
  end
elseif holder and holder ~= ARGV[1] and redis.call('PTTL', KEYS[1]) <= tonumber(ARGV[3]) then
  return {'busy'}  -- a hold that lasts longer than any lease is of before this machine's clock was set back
end
-- Nobody seals nothing: an empty value, which would look like an empty list, must not make its user mute.
for _, waiting in ipairs({KEYS[2], KEYS[3]}) do
  while redis.call('LINDEX', waiting, 0) == '' do
    redis.call('LPOP', waiting)
  end
end
local outgoing = redis.call('LINDEX', KEYS[3], 0) or ''
local erasing = redis.call('GET', KEYS[9])
if erasing then
  -- Its user has left: what came before is not played, and no reply goes before it.
  local found = false
  for place, waiting in ipairs(redis.call('LRANGE', KEYS[2], 0, -1)) do
    if waiting == erasing then
      found = true
      if place > 1 then
        redis.call('LTRIM', KEYS[2], place - 1, -1)
        redis.call('DEL', KEYS[6])
      end
      break
    end
  end
  if found then
    outgoing = ''
  else
    redis.call('DEL', KEYS[9])  -- a worker of an older release has played it in its turn
  end
end
local event = redis.call('LINDEX', KEYS[2], 0) or ''
local surplus = ''
if event == '' then
  surplus = redis.call('GET', KEYS[7]) or ''
end
if outgoing == '' and event == '' and surplus == '' then
  redis.call('DEL', KEYS[1], KEYS[6])
  redis.call('ZREM', KEYS[5], ARGV[2])
  redis.call('ZREM', KEYS[8], ARGV[2])
  return {'idle'}
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
redis.call('ZADD', KEYS[5], now + ARGV[3], ARGV[2])
local tries = 0
if event ~= '' and outgoing == '' then
  tries = redis.call('INCR', KEYS[6])
  redis.call('EXPIRE', KEYS[6], 3600)
end
local behind = outgoing ~= '' and redis.call('LRANGE', KEYS[2], 1, -1) or {}
return {'work', outgoing, event, redis.call('GET', KEYS[4]) or '', tries, surplus, now, behind,
  redis.call('EXISTS', KEYS[10])}
