-- Record that a process runs, by this server's clock, and forget those that have been silent for long.
-- KEYS: heartbeats   ARGV: process, its record, after how many ms a silent process is forgotten
-- returns: now ms
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f', now) .. ' ' .. ARGV[2])
local all = redis.call('HGETALL', KEYS[1])
for index = 1, #all, 2 do
  local seen = tonumber(string.match(all[index + 1], '^%d+') or '0')
  if seen < now - tonumber(ARGV[3]) then
    redis.call('HDEL', KEYS[1], all[index])
  end
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return now
