-- Tenant queues: per tenant a sorted set of keys by arrival time, and one sorted set of tenants by length. Each turn
-- serves the shortest queue, every LONGEST_QUEUE_EVERY-th the longest; fair_queue.py does the same in memory.

local function next_tenant(names, turns)
  local longest = redis.call('INCR', turns) % LONGEST_QUEUE_EVERY == 0
  return redis.call(longest and 'ZREVRANGE' or 'ZRANGE', names, 0, 0)[1]
end

local function note_length(names, tenant, queue)
  local length = redis.call('ZCARD', queue)
  if length == 0 then redis.call('ZREM', names, tenant) else redis.call('ZADD', names, length, tenant) end
end

-- Wakes one process that waits to admit; one pending signal is enough until it wakes.
local function wake_admission()
  if redis.call('LLEN', wake) == 0 then redis.call('LPUSH', wake, 1) end
end
