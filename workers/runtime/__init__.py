"""Runtime support for every part of the system: Redis connections, background threads, lazy patterns."""
