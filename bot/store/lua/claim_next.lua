-- Record what became of the last delivery, then lease the user and read what waits next, in one round trip.
-- KEYS: lease, inbox, outbox, session, due, attempts, overflow, waiting since, erase request, unsent
-- ARGV: token, user, lease ms, action on the head of the outbox ('' | 'drop' | 'wait'), entry for 'wait' (for 'drop': the
--       first bytes of the entry that is meant, so that a repeated call drops no other), wait ms
-- All times are Redis's own, because the workers' clocks may differ.
-- returns: {'busy'} another worker has the lease   {'lost'} the lease ended before this call
--          {'idle'} nothing waits, the lease is released   {'wait'} the head of the outbox waits for its time
--          {'work', outgoing, event, session, attempts, overflow, now ms, later events, unsends 0/1}, '' for what is
--          missing; later events only if there is an outgoing entry
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
    redis.call('ZADD', KEYS[8], 'XX', now, ARGV[2])  -- progress: the rest waits from now on
  else
    redis.call('LSET', KEYS[3], 0, ARGV[5])
    redis.call('DEL', KEYS[1])
    redis.call('ZADD', KEYS[5], redis.call('EXISTS', KEYS[9]) == 1 and now or now + ARGV[6], ARGV[2])
    return {'wait'}
  end
elseif holder and holder ~= ARGV[1] and redis.call('PTTL', KEYS[1]) <= tonumber(ARGV[3]) then
  return {'busy'}  -- a longer ttl than any lease has: written before this machine's clock was set back
end
-- Nothing that we store is empty. Skip an empty value: it looks like an empty list, and the user would get no answer.
for _, list in ipairs({KEYS[2], KEYS[3]}) do
  while redis.call('LINDEX', list, 0) == '' do
    redis.call('LPOP', list)
  end
end
local outgoing = redis.call('LINDEX', KEYS[3], 0) or ''
local request = redis.call('GET', KEYS[9])
if request then
  -- The user has left: drop the events before the request, and send no reply before it.
  local found = false
  for index, event in ipairs(redis.call('LRANGE', KEYS[2], 0, -1)) do
    if event == request then
      found = true
      if index > 1 then
        redis.call('LTRIM', KEYS[2], index - 1, -1)
        redis.call('DEL', KEYS[6])
      end
      break
    end
  end
  if found then
    outgoing = ''
  else
    redis.call('DEL', KEYS[9])  -- a worker of an older release has handled it as an ordinary event
  end
end
local event = redis.call('LINDEX', KEYS[2], 0) or ''
local overflow = ''
if event == '' then
  overflow = redis.call('GET', KEYS[7]) or ''
end
if outgoing == '' and event == '' and overflow == '' then
  redis.call('DEL', KEYS[1], KEYS[6])
  redis.call('ZREM', KEYS[5], ARGV[2])
  redis.call('ZREM', KEYS[8], ARGV[2])
  return {'idle'}
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
redis.call('ZADD', KEYS[5], now + ARGV[3], ARGV[2])
local attempts = 0
if event ~= '' and outgoing == '' then
  attempts = redis.call('INCR', KEYS[6])
  redis.call('EXPIRE', KEYS[6], 3600)
end
local later_events = outgoing ~= '' and redis.call('LRANGE', KEYS[2], 1, -1) or {}
return {'work', outgoing, event, redis.call('GET', KEYS[4]) or '', attempts, overflow, now, later_events,
  redis.call('EXISTS', KEYS[10])}
