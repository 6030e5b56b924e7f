local now, before, most = ARGV[1], ARGV[2], ARGV[3]

local lost = {}
for _, key in ipairs(redis.call('ZRANGEBYSCORE', running, '-inf', now, 'LIMIT', 0, most)) do
  if not redis.call('ZSCORE', waiting, key) then lost[#lost + 1] = key end
end
for _, key in ipairs(redis.call('ZRANGEBYSCORE', waiting, '-inf', '(' .. before, 'LIMIT', 0, most)) do
  redis.call('ZREM', waiting, key)
  lost[#lost + 1] = key
end
return lost
