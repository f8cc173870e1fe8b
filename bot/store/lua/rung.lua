-- These jobs of Dramatiq's are done; one that has meanwhile been given back for another worker stays.
-- KEYS: taken (set of ids that this worker has), jobs (hash by id)   ARGV: ids
for place = 1, #ARGV do
  if redis.call('SREM', KEYS[1], ARGV[place]) == 1 then
    redis.call('HDEL', KEYS[2], ARGV[place])
  end
end
