-- Give a talk to the first event that takes it, and to that event as often as it asks.
-- KEYS: handover   ARGV: event, 'take' | 'look', how long it stays for that event (s)
-- returns: {'taken' | 'good', sealed talk} | {'unknown', ''}
local talk = redis.call('HGET', KEYS[1], 'talk')
local taker = redis.call('HGET', KEYS[1], 'taker')
if not talk or (taker and taker ~= ARGV[1]) then
  return {'unknown', ''}
end
if ARGV[2] == 'look' then
  return {'good', talk}
end
if not taker then
  redis.call('HSET', KEYS[1], 'taker', ARGV[1])
  redis.call('EXPIRE', KEYS[1], ARGV[3])
end
return {'taken', talk}
