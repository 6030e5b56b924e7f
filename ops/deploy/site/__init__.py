"""The documents as a site, built by ``make site``."""
