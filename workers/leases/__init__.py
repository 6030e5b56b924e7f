"""Which object is waiting, which is being worked on and by whom: leases, fair queue, their stores."""
