-- Revoke a code that nobody has redeemed. The empty entry stays for a while, so that its event cannot publish it again.
-- KEYS: resume code   ARGV: ttl of the empty entry s
if redis.call('HEXISTS', KEYS[1], 'talk') == 1 and redis.call('HEXISTS', KEYS[1], 'taker') == 0 then
  redis.call('HDEL', KEYS[1], 'talk')
  redis.call('EXPIRE', KEYS[1], ARGV[1])
end
return 1
