"""The routes below ``/v1/office``."""
