"""Checks of an installation: settings, servers, object store, and a run of the sample documents."""
