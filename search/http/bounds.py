"""What one caller may ask for: the figures; who keeps to them is ``search.http.request_limits``."""

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one caller may ask for; 0 is no limit.

    Attributes:
        rate: Requests a second, for ten seconds at once.
        concurrency: Requests at the same time.
        seconds: From the first byte of a request to the last of its answer.
        transfer_seconds: Of an upload or a download.
        proxies: Networks whose ``X-Forwarded-For`` is believed.
    """

    rate: float = 0.0
    concurrency: int = 0
    seconds: float = 0.0
    transfer_seconds: float = 0.0
    proxies: tuple[IPv4Network | IPv6Network, ...] = ()
