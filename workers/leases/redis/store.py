"""The lease store on Redis as a whole."""

from workers.leases.redis.admission import RedisAdmissionQueue
from workers.leases.redis.inspection import RedisInspection
from workers.leases.redis.leases import RedisLeases


class RedisLeaseStore(RedisAdmissionQueue, RedisLeases, RedisInspection):
    """See ``protocol.LeaseStore``; every method raises ``DependencyError`` if Redis does not answer."""
