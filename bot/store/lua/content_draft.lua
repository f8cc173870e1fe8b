-- Save a draft of a unit of the content, or delete it, unless somebody else has saved it since the caller looked.
-- KEYS: drafts   ARGV: unit, revision that the caller saw (0: none), draft ('' deletes it)
-- returns: the new revision (1 after deleting), or 0 if another revision is stored
local found = tonumber(redis.call('HGET', KEYS[1], 'revision:' .. ARGV[1]) or '0')
if found ~= tonumber(ARGV[2]) then
  return 0
end
if ARGV[3] == '' then
  redis.call('HDEL', KEYS[1], 'draft:' .. ARGV[1], 'revision:' .. ARGV[1])
  return 1
end
local revision = redis.call('HINCRBY', KEYS[1], 'last', 1)
redis.call('HSET', KEYS[1], 'draft:' .. ARGV[1], ARGV[3])
redis.call('HSET', KEYS[1], 'revision:' .. ARGV[1], revision)
return revision
