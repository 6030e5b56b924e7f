-- Tenant queues: a sorted set of keys by time for each tenant, and one of the tenants by length. The shortest is served
-- first, every LONGEST_QUEUE_EVERY turns the longest; fair_queue.py does the same in memory.

local function next_tenant(names, turns)
  local longest = redis.call('INCR', turns) % LONGEST_QUEUE_EVERY == 0
  return redis.call(longest and 'ZREVRANGE' or 'ZRANGE', names, 0, 0)[1]
end

local function note_length(names, tenant, queue)
  local length = redis.call('ZCARD', queue)
  if length == 0 then redis.call('ZREM', names, tenant) else redis.call('ZADD', names, length, tenant) end
end

-- Wakes one process that waits for something to admit; until it wakes, once is enough.
local function wake_admission()
  if redis.call('LLEN', wake) == 0 then redis.call('LPUSH', wake, 1) end
end
