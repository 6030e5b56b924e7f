-- The KEYS of every script, in the order of NAMES in workers/leases/redis/connection.py.
local waiting = KEYS[1]        -- sorted set: keys with a message at the broker, by time of admission
local running = KEYS[2]        -- sorted set: keys with a lease, by its expiry
local changed_again = KEYS[3]  -- set: keys with an event since their work began
local runs = KEYS[4]           -- hash: started key → {attempt, stage, worker, main process, crash score, since}
local tenants = KEYS[5]        -- sorted set: names of tenant queues, by length
local unadmitted = KEYS[6]     -- string: number of keys in tenant queues
local turn = KEYS[7]           -- string: number of turns taken by the tenant queues
local paused = KEYS[8]         -- set: names of paused queues
local scans = KEYS[9]          -- sorted set: waiting scans, by time of request
local scan_tenants = KEYS[10]  -- as tenants, for scans
local scan_turn = KEYS[11]     -- as turn, for scans
local wake = KEYS[12]          -- list: not empty if there may be something to admit

-- Indexes into the array that describes a run.
local ATTEMPT, MAIN_PROCESS, CRASH_SCORE = 1, 4, 5
