"""What the processes of the system count while they work; ``ops.monitoring.prometheus`` shows it.

Counting costs a dictionary entry each; nothing is written and nobody is asked while a document is worked on.
"""
