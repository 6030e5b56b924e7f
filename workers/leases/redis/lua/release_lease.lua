-- Releases the lease of a key whose work continues later; its crash score is kept.
local function release_lease(key)
  redis.call('ZREM', running, key)
  local run = redis.call('HGET', runs, key)
  if run and cjson.decode(run)[CRASH_SCORE] == 0 then redis.call('HDEL', runs, key) end
end
