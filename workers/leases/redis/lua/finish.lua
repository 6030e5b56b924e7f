local key = ARGV[1]

redis.call('ZREM', running, key)
redis.call('HDEL', runs, key)
return redis.call('SREM', changed_again, key)
