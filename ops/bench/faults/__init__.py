"""The fault suite: documents go in while servers and processes are killed, and nothing may be lost, doubled or stale.

``python -m ops.bench.faults --seed 1`` starts its own Redis, S3 gateway and Elasticsearch, because it kills them.
"""
