-- Take back a talk that nobody has taken. The empty entry stays for a while, so that its event cannot offer it again.
-- KEYS: handover   ARGV: how long the empty entry stays (s)
if redis.call('HEXISTS', KEYS[1], 'talk') == 1 and redis.call('HEXISTS', KEYS[1], 'taker') == 0 then
  redis.call('HDEL', KEYS[1], 'talk')
  redis.call('EXPIRE', KEYS[1], ARGV[1])
end
return 1
