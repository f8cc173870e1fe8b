-- Add one batch of counts to the totals and to its day. Idempotent: a batch that was added already changes nothing.
-- KEYS: batch, totals, day   ARGV: number of the batch, batch ttl s, day ttl s, then field and count in turn
-- returns: 1, or 0 if this batch was added already
if tonumber(redis.call('GET', KEYS[1]) or '0') >= tonumber(ARGV[1]) then
  return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
for index = 4, #ARGV, 2 do
  -- pcall: a field that is no number costs its own count, and none of those behind it
  redis.pcall('HINCRBY', KEYS[2], ARGV[index], ARGV[index + 1])
  redis.pcall('HINCRBY', KEYS[3], ARGV[index], ARGV[index + 1])
end
redis.call('EXPIRE', KEYS[3], ARGV[3])
return 1
