"""What a process may do and for how long, through the kernel; and programs run under such limits."""
