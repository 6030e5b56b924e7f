"""Everything below ``/v1/office``."""
