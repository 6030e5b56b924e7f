"""Shared by the JSON API and the pages: authentication, errors, limits, URLs, ports."""
