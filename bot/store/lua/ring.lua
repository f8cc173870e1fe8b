-- Put jobs into Dramatiq's queue, in one piece: a job that is listed can be read.
-- KEYS: queue (list of ids), jobs (hash by id)   ARGV: id, job, id, job, ...
redis.call('HSET', KEYS[2], unpack(ARGV))
for place = 1, #ARGV, 2 do
  redis.call('RPUSH', KEYS[1], ARGV[place])
end
