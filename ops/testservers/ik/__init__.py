"""Elasticsearch with the IK analyzers, put together for tests."""
