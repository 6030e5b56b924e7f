-- The arguments that describe a lease; every script that takes one has them first.
local lease = {
  now = ARGV[1], ends = ARGV[2], stage = ARGV[3], worker = ARGV[4], main_process = ARGV[5], alive_prefix = ARGV[6],
}

-- Takes the lease of a key: {attempt, crash score}, or false if another worker holds it; the key is then
-- marked as changed again. An expired lease scores 2 if its worker's main process lives (the child died alone), else 1.
local function take_lease(key, lease)
  local ends = redis.call('ZSCORE', running, key)
  if ends and tonumber(ends) > tonumber(lease.now) then
    redis.call('SADD', changed_again, key)
    return false
  end
  local before = redis.call('HGET', runs, key)
  before = before and cjson.decode(before) or {0, '', '', '', 0}
  local attempt, crash_score = before[ATTEMPT] + 1, before[CRASH_SCORE]
  if ends then
    local died_alone = redis.call('EXISTS', lease.alive_prefix .. before[MAIN_PROCESS]) == 1
    crash_score = crash_score + (died_alone and 2 or 1)
  end
  redis.call('ZADD', running, lease.ends, key)
  local run = {attempt, lease.stage, lease.worker, lease.main_process, crash_score, lease.now}
  redis.call('HSET', runs, key, cjson.encode(run))
  return {attempt, crash_score}
end

local function remove_scan(key, tenant, queue)
  if redis.call('ZREM', scans, key) == 0 then return end
  redis.call('ZREM', queue, key)
  note_length(scan_tenants, tenant, queue)
end
