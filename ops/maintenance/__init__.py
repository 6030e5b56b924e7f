"""What operators do to a running system, said once for the commands and the HTTP interface."""
