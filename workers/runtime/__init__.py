"""What any part of the system uses while it runs: Redis connections, background threads, lazy patterns."""
