"""The pages of the disclosure office, below ``/office``."""
