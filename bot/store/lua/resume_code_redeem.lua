-- Give a conversation to the first event that redeems its code, and to that event as often as it asks.
-- KEYS: resume code   ARGV: event, 'take' | 'look' (do not redeem), ttl for that event s
-- returns: {'taken' | 'good', encrypted conversation} | {'unknown', ''}
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
