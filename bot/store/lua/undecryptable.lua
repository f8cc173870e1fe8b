-- Remember since when an encrypted value cannot be decrypted; another value of its kind begins anew.
-- KEYS: undecryptable   ARGV: purpose, first bytes of the value, ttl s
-- returns: ms since it was first seen, by Redis's own clock
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local met = redis.call('HGET', KEYS[1], ARGV[1]) or ''
if string.sub(met, 1, #ARGV[2]) == ARGV[2] then
  local since = tonumber(string.sub(met, #ARGV[2] + 1))
  if since and since <= now then
    return now - since
  end
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. string.format('%d', now))
redis.call('EXPIRE', KEYS[1], ARGV[3])
return 0
