"""Kernel-enforced limits on what a process may do and for how long, and external programs run under them."""
