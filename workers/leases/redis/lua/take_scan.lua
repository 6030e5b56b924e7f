local scan_prefix = ARGV[7]

while true do
  local tenant = next_tenant(scan_tenants, scan_turn)
  if not tenant then return false end
  local queue = scan_prefix .. tenant
  local key, since = unpack(redis.call('ZRANGE', queue, 0, 0, 'WITHSCORES'))
  if not key then
    redis.call('ZREM', scan_tenants, tenant)
  else
    remove_scan(key, tenant, queue)
    local taken = take_lease(key, lease)
    if taken then
      redis.call('SREM', changed_again, key)
      if redis.call('ZCARD', scans) > 0 then wake_admission() end
      return {key, since, taken[1], taken[2]}
    end
  end
end
