"""The real servers that tests and benchmarks run against, on a machine without a container engine.

Each is fetched and built once into a cache folder outside the checkout, then started on loopback, on a free port and in
its own run folder. Not for production: no durability, no passwords on Redis and Elasticsearch, small heaps.
"""

from ops.testservers.process import free_port
from ops.testservers.registry import NAMES, fetch, start, start_all, status, stop
from ops.testservers.server import CannotRunError, Places, Server

__all__ = ["NAMES", "CannotRunError", "Places", "Server", "fetch", "free_port", "start", "start_all", "status", "stop"]
