-- Publish a version of the content, unless somebody else has published since the caller looked.
-- KEYS: content, drafts
-- ARGV: number that the caller saw, version, number of versions to keep, then for each draft in it: unit, revision
-- returns: the new number, or 0 if another version is current
local current = tonumber(redis.call('HGET', KEYS[1], 'current') or '0')
if current ~= tonumber(ARGV[1]) then
  return 0
end
local time = redis.call('TIME')
local number = redis.call('HINCRBY', KEYS[1], 'last', 1)
redis.call('HSET', KEYS[1], 'version:' .. number, ARGV[2])
redis.call('HSET', KEYS[1], 'at:' .. number, time[1])
redis.call('HSET', KEYS[1], 'current', number)
local old = number - tonumber(ARGV[3])
redis.call('HDEL', KEYS[1], 'version:' .. old, 'at:' .. old)
for place = 4, #ARGV, 2 do
  -- a draft that was typed on meanwhile stays
  if redis.call('HGET', KEYS[2], 'revision:' .. ARGV[place]) == ARGV[place + 1] then
    redis.call('HDEL', KEYS[2], 'draft:' .. ARGV[place], 'revision:' .. ARGV[place])
  end
end
return number
