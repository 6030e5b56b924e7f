"""Recognises addresses outside the public internet: all of IANA's special-purpose registries.

Sources: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890, RFC 8190; as of 2025-10-09),
multicast (RFC 5771, RFC 4291), and for IPv6 all outside global unicast 2000::/3. Entries that are reachable (AS112,
AMT, ORCHID) are refused too: no webhook lives there. An address that embeds an IPv4 address is judged by that one.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address

_IPV4 = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
_GLOBAL_UNICAST = IPv6Network("2000::/3")
# ::1, ::, 64:ff9b:1::/48, 100::/64, 100:0:0:1::/64, 5f00::/16, fc00::/7 and fe80::/10 lie outside global unicast.
_IPV6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20")))
# Prefixes, and the number of bits after the embedded IPv4 address (RFC 4291, RFC 6052, RFC 3056).
_CARRIERS = (
    (IPv6Network("::ffff:0:0/96"), 0),
    (IPv6Network("64:ff9b::/96"), 0),
    (IPv6Network("2002::/16"), 80),
)


def is_public(address: Address) -> bool:
    """Return whether an address may belong to a server on the public internet."""
    if isinstance(address, IPv4Address):
        return not any(address in block for block in _IPV4)
    for prefix, behind in _CARRIERS:
        if address in prefix:
            return is_public(IPv4Address(int(address) >> behind & 0xFFFFFFFF))
    return address in _GLOBAL_UNICAST and not any(address in block for block in _IPV6)
