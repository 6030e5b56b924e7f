-- What every script is given as KEYS, in the order of NAMES in workers/leases/redis/connection.py.
local waiting = KEYS[1]        -- sorted set: keys that have a message at the broker, by when they were admitted
local running = KEYS[2]        -- sorted set: keys that have a lease, by when it runs out
local changed_again = KEYS[3]  -- set: keys of which an event came while they were worked on
local runs = KEYS[4]           -- hash: of a key that was started, {attempt, stage, worker, main process, crash score, since}
local tenants = KEYS[5]        -- sorted set: names of tenant queues, by length
local unadmitted = KEYS[6]     -- string: how many keys stand in tenant queues
local turn = KEYS[7]           -- string: how many turns the tenant queues have had
local paused = KEYS[8]         -- set: names of queues nothing is taken from
local scans = KEYS[9]          -- sorted set: scans that wait, by when their work was asked for
local scan_tenants = KEYS[10]  -- as tenants, of scans
local scan_turn = KEYS[11]     -- as turn, of scans
local wake = KEYS[12]          -- list: not empty where whoever admits has something to do

-- Places in a run.
local ATTEMPT, MAIN_PROCESS, CRASH_SCORE = 1, 4, 5
