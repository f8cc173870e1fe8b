-- Read one undelivered entry and the time by this server's clock.
-- KEYS: undelivered   ARGV: entry id   returns: entry ('' if there is none), now ms
local time = redis.call('TIME')
return {redis.call('HGET', KEYS[1], ARGV[1]) or '', time[1] * 1000 + math.floor(time[2] / 1000)}
