-- Write a value anew if it is still the one that was read.
-- KEYS: key   ARGV: as it was read, as it is to be   returns: 1, or 0 if somebody else was first
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[2])
return 1
