local key, now = ARGV[1], ARGV[2]

release_lease(key)
redis.call('ZADD', waiting, 'NX', now, key)
return redis.call('ZCARD', waiting)
