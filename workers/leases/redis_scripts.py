"""The scripts by which the ledger in Redis changes, each in one step; ``inflight_redis`` says what for.

Keys of all: waiting, running, dirty, runs, lanes, lined, turn, paused, scans, lanes of scans, turn of scans. A run is
(attempt, stage, worker, its main process, deaths, since).
"""

# Takes a scan out of its lane.
_LEAVE = """
local function leave(key, lane, start)
  if redis.call('ZREM', KEYS[9], key) == 0 then return end
  redis.call('ZREM', start .. lane, key)
  local left = redis.call('ZCARD', start .. lane)
  if left == 0 then redis.call('ZREM', KEYS[10], lane) else redis.call('ZADD', KEYS[10], left, lane) end
end
"""
# Takes the lease of a key. Time, end of the lease, stage, worker, start of the names of signs of life, main process.
_RUN = """
local function run(key, looks)
  local lease = redis.call('ZSCORE', KEYS[2], key)
  if lease and tonumber(lease) > tonumber(ARGV[1]) then
    redis.call('SADD', KEYS[3], key)
    return false
  end
  local before = redis.call('HGET', KEYS[4], key)
  before = before and cjson.decode(before) or {0, '', '', '', 0}
  local attempt, deaths = before[1] + 1, before[5]
  if lease then
    deaths = deaths + (redis.call('EXISTS', ARGV[5] .. before[4]) == 1 and 2 or 1)
  end
  if looks then redis.call('SREM', KEYS[3], key) end
  redis.call('ZADD', KEYS[2], ARGV[2], key)
  redis.call('HSET', KEYS[4], key, cjson.encode({attempt, ARGV[3], ARGV[4], ARGV[6], deaths, ARGV[1]}))
  return {attempt, deaths}
end
"""
# Then the start of the names of lanes of scans, the key, its lane, the first stage.
START = (
    _LEAVE
    + _RUN
    + """
redis.call('ZREM', KEYS[1], ARGV[8])
local first = ARGV[3] == ARGV[10]
local taken = run(ARGV[8], first)
if taken and first then leave(ARGV[8], ARGV[9], ARGV[7]) end
return taken
"""
)
# Then the start of the names of lanes of scans.
TAKE_SCAN = (
    _LEAVE
    + _RUN
    + """
while true do
  local turn = redis.call('INCR', KEYS[11])
  local lane = redis.call(turn % 4 == 0 and 'ZREVRANGE' or 'ZRANGE', KEYS[10], 0, 0)[1]
  if not lane then return false end
  local first = redis.call('ZRANGE', ARGV[7] .. lane, 0, 0, 'WITHSCORES')
  if not first[1] then
    redis.call('ZREM', KEYS[10], lane)
  else
    leave(first[1], lane, ARGV[7])
    local taken = run(first[1], true)
    if taken then return {first[1], first[2], taken[1], taken[2]} end
  end
end
"""
)
# The key, its lane, since when, start of the names of lanes of scans.
PUT_ASIDE = """
if redis.call('ZADD', KEYS[9], 'NX', ARGV[3], ARGV[1]) == 1 then
  redis.call('ZADD', ARGV[4] .. ARGV[2], 'NX', ARGV[3], ARGV[1])
  redis.call('ZADD', KEYS[10], redis.call('ZCARD', ARGV[4] .. ARGV[2]), ARGV[2])
end
redis.call('ZREM', KEYS[2], ARGV[1])
local run = redis.call('HGET', KEYS[4], ARGV[1])
if run and cjson.decode(run)[5] == 0 then redis.call('HDEL', KEYS[4], ARGV[1]) end
return redis.call('SREM', KEYS[3], ARGV[1])
"""
HAND_OVER = """
redis.call('ZREM', KEYS[2], ARGV[1])
local run = redis.call('HGET', KEYS[4], ARGV[1])
if run and cjson.decode(run)[5] == 0 then redis.call('HDEL', KEYS[4], ARGV[1]) end
redis.call('ZADD', KEYS[1], 'NX', ARGV[2], ARGV[1])
return redis.call('ZCARD', KEYS[1])
"""
FINISH = """
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('HDEL', KEYS[4], ARGV[1])
return redis.call('SREM', KEYS[3], ARGV[1])
"""
LOST = """
local lost = {}
for _, key in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])) do
  if not redis.call('ZSCORE', KEYS[1], key) then lost[#lost + 1] = key end
end
for _, key in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[2], 'LIMIT', 0, ARGV[3])) do
  redis.call('ZREM', KEYS[1], key)
  lost[#lost + 1] = key
end
return lost
"""
# Time, start of the names of lanes, then (lane, key) pairs.
LINE_UP = """
local new = 0
for n = 3, #ARGV, 2 do
  local lane, key = ARGV[n], ARGV[n + 1]
  if redis.call('ZSCORE', KEYS[1], key) then
    redis.call('SADD', KEYS[3], key)
  elseif redis.call('ZADD', ARGV[2] .. lane, 'NX', ARGV[1], key) == 1 then
    redis.call('ZINCRBY', KEYS[5], 1, lane)
    new = new + 1
  end
end
if new > 0 then redis.call('INCRBY', KEYS[6], new) end
return new
"""
# Time, start of the names of lanes, the queue, its bound, the name intake is paused under.
ADMIT = """
local length = redis.call('LLEN', ARGV[3])
local admitted = {}
if length * 2 > tonumber(ARGV[4]) or redis.call('SISMEMBER', KEYS[8], ARGV[5]) == 1 then return admitted end
for _ = length + 1, tonumber(ARGV[4]) do
  local turn = redis.call('INCR', KEYS[7])
  local lane = redis.call(turn % 4 == 0 and 'ZREVRANGE' or 'ZRANGE', KEYS[5], 0, 0)[1]
  if not lane then break end
  local first = redis.call('ZPOPMIN', ARGV[2] .. lane)
  local key = first[1]
  local left = redis.call('ZCARD', ARGV[2] .. lane)
  if left == 0 then redis.call('ZREM', KEYS[5], lane) else redis.call('ZADD', KEYS[5], left, lane) end
  if key then
    redis.call('DECR', KEYS[6])
    redis.call('ZADD', KEYS[1], ARGV[1], key)
    admitted[#admitted + 1] = key
    admitted[#admitted + 1] = first[2]
  end
end
return admitted
"""
