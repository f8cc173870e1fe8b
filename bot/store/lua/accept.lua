-- Store one event in its user's inbox, once. Atomic: if the caller dies, all of it is done or nothing.
-- KEYS: accepted at, inbox, due, rate, overflow, waiting since, erase request, accepted at of the event before it in this
--       webhook (or the same as the first), and if this Redis is also the wake-up broker: its queue and message keys
-- ARGV: payload, user, sweep after ms, accepted ttl s, inbox limit, rate limit a minute, limited 0/1 | 'erase',
--       'after' or '', and for the broker: id of the message, message
-- The time is Redis's own: the machines that look again may have other clocks. `accepted at` keeps the time of acceptance (ms).
-- returns: out_of_order (nothing stored: the event before it was refused) | duplicate | inbox_full | rate_limited | suppressed (turned away, and the user knows) | stored_woken (the inbox
-- was empty) | stored; a worker must be woken for inbox_full, rate_limited and stored_woken, and is where the bell is here
if redis.call('EXISTS', KEYS[1]) == 1 then
  return 'duplicate'
end
-- In a pipeline Redis may refuse one call and take the next, if its memory is freed or a failover ends in between.
if ARGV[8] == 'after' and redis.call('EXISTS', KEYS[8]) == 0 then
  return 'out_of_order'
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function mark_due()
  if redis.call('ZADD', KEYS[3], 'NX', now + ARGV[3], ARGV[2]) == 1 then
    redis.call('ZADD', KEYS[6], now, ARGV[2])
  end
end
local function wake_worker()
  if KEYS[9] then
    redis.call('HSET', KEYS[10], ARGV[9], ARGV[10])
    redis.call('RPUSH', KEYS[9], ARGV[9])
  end
end
if ARGV[7] == '1' then
  if redis.call('TTL', KEYS[4]) > 60 then
    redis.call('DEL', KEYS[4])  -- set before this server's clock was set back: that minute would last for hours
  end
  local refused = nil
  if redis.call('LLEN', KEYS[2]) >= tonumber(ARGV[5]) then
    refused = 'inbox_full'
  elseif tonumber(redis.call('GET', KEYS[4]) or '0') >= tonumber(ARGV[6]) then
    refused = 'rate_limited'
  end
  if refused then
    -- Only the newest is kept, apart: the worker answers it with an apology once the rest is done. A flood gets this
    -- answer once a minute, or once each time the inbox has run over, and leaves only ids behind.
    local informed = redis.call('EXISTS', KEYS[5]) == 1
    if refused == 'rate_limited' then
      informed = redis.call('INCR', KEYS[4]) > ARGV[6] + 1
    end
    redis.call('SET', KEYS[1], now, 'EX', ARGV[4])
    if refused == 'inbox_full' or not informed then
      redis.call('SET', KEYS[5], ARGV[1], 'EX', ARGV[4])  -- until the worker comes, however long it is away
    end
    if informed then
      return 'suppressed'
    end
    mark_due()
    wake_worker()
    return refused
  end
  if redis.call('INCR', KEYS[4]) == 1 then
    redis.call('EXPIRE', KEYS[4], 60)
  end
end
redis.call('SET', KEYS[1], now, 'EX', ARGV[4])
local waiting = redis.call('RPUSH', KEYS[2], ARGV[1])
mark_due()
if ARGV[7] == 'erase' then
  -- It is handled next, before all that waits (claim_next.lua), even if a reply is postponed for minutes.
  redis.call('SET', KEYS[7], redis.call('LINDEX', KEYS[2], -1), 'EX', ARGV[4])
  redis.call('ZADD', KEYS[3], now + ARGV[3], ARGV[2])
  wake_worker()
  return 'stored_woken'
end
if waiting == 1 then
  wake_worker()
  return 'stored_woken'
end
return 'stored'
