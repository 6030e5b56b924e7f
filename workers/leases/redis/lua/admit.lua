local now, queue_prefix, broker_queue, most, intake = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5]
local batch = tonumber(ARGV[6])

local length = redis.call('LLEN', broker_queue) * batch
local admitted = {}
if length * 2 > most or redis.call('SISMEMBER', paused, intake) == 1 then return admitted end
for _ = length + 1, most do
  local tenant = next_tenant(tenants, turn)
  if not tenant then break end
  local queue = queue_prefix .. tenant
  local key, since = unpack(redis.call('ZPOPMIN', queue))
  note_length(tenants, tenant, queue)
  if key then
    redis.call('DECR', unadmitted)
    redis.call('ZADD', waiting, now, key)
    admitted[#admitted + 1] = key
    admitted[#admitted + 1] = since
  end
end
return admitted
