"""Leases, the fair queue and their stores: which object waits, which is worked on, and by whom."""
