-- KEYS: heartbeats
-- returns: {now ms by this server's clock, then process and record in turn}
local time = redis.call('TIME')
local found = redis.call('HGETALL', KEYS[1])
table.insert(found, 1, time[1] * 1000 + math.floor(time[2] / 1000))
return found
