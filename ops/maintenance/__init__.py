"""Use cases of operators on a running system, shared by the commands and the HTTP interface."""
