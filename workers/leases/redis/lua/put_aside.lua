local key, tenant, since, scan_prefix = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local queue = scan_prefix .. tenant

if redis.call('ZADD', scans, 'NX', since, key) == 1 then
  redis.call('ZADD', queue, 'NX', since, key)
  note_length(scan_tenants, tenant, queue)
end
release_lease(key)
wake_admission()
return redis.call('SREM', changed_again, key)
