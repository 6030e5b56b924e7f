-- The remaining arguments are pairs of tenant and key.
local now, queue_prefix, first = ARGV[1], ARGV[2], 3

local new = 0
for n = first, #ARGV, 2 do
  local tenant, key = ARGV[n], ARGV[n + 1]
  if redis.call('ZSCORE', waiting, key) then
    redis.call('SADD', changed_again, key)
  elseif redis.call('ZADD', queue_prefix .. tenant, 'NX', now, key) == 1 then
    redis.call('ZINCRBY', tenants, 1, tenant)
    new = new + 1
  end
end
if new > 0 then
  redis.call('INCRBY', unadmitted, new)
  wake_admission()
end
return new
