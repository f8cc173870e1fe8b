-- Replace a value if it is still the one that was read (compare and set).
-- KEYS: key   ARGV: value as read, new value   returns: 1, or 0 if another client was first
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[2])
return 1
