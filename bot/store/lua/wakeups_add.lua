-- Add messages to Dramatiq's queue. Atomic, so that every listed id has its message.
-- KEYS: queue (list of message ids), messages (hash by id)   ARGV: id, message, id, message, ...
redis.call('HSET', KEYS[2], unpack(ARGV))
for index = 1, #ARGV, 2 do
  redis.call('RPUSH', KEYS[1], ARGV[index])
end
