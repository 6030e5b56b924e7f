local key, tenant, scan_prefix = ARGV[7], ARGV[8], ARGV[9]
local looks_at_object, broker_queue, most_messages = ARGV[10] == '1', ARGV[11], tonumber(ARGV[12])

redis.call('ZREM', waiting, key)
local taken = take_lease(key, lease)
if looks_at_object then
  if taken then
    redis.call('SREM', changed_again, key)
    remove_scan(key, tenant, scan_prefix .. tenant)
  end
  local has_room = redis.call('LLEN', broker_queue) * 2 <= most_messages
  if has_room and tonumber(redis.call('GET', unadmitted) or 0) > 0 then wake_admission() end
end
return taken
