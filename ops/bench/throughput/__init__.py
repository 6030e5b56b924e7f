"""The whole system measured: documents through a running stack."""
