"""The fault suite: uploads documents while killing servers and processes; no document may be lost, doubled or stale.

``python -m ops.bench.faults --seed 1`` starts its own Redis, S3 gateway and Elasticsearch, because it kills them.
"""
