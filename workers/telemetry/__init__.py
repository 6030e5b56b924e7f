"""The metrics that processes collect while they work; ``ops.monitoring.prometheus`` exports them.

Counting costs one dictionary update; nothing is written or requested while a document is worked on.
"""
