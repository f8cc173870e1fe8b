-- Acknowledge messages of Dramatiq's queue. A message that was meanwhile returned to the queue for another worker stays.
-- KEYS: claimed (set of message ids that this worker has), messages (hash by id)   ARGV: ids
for index = 1, #ARGV do
  if redis.call('SREM', KEYS[1], ARGV[index]) == 1 then
    redis.call('HDEL', KEYS[2], ARGV[index])
  end
end
