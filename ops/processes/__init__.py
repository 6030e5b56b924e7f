"""The processes of a running system."""
