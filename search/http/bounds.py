"""The limits of one caller, which ``search.http.request_limits`` enforces."""

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network


@dataclass(frozen=True, slots=True)
class Bounds:
    """The limits of one caller; 0 is no limit.

    Attributes:
        rate: Requests a second; bursts may use ten seconds' worth.
        concurrency: Concurrent requests.
        seconds: Time from the first byte of a request to the last byte of its response.
        transfer_seconds: The same for an upload or a download.
        proxies: Networks whose ``X-Forwarded-For`` is trusted.
    """

    rate: float = 0.0
    concurrency: int = 0
    seconds: float = 0.0
    transfer_seconds: float = 0.0
    proxies: tuple[IPv4Network | IPv6Network, ...] = ()
