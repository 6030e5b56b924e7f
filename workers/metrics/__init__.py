"""What the processes of the system count while they work; ``ops.metrics`` shows it.

Counting costs a dictionary entry each; nothing is written and nobody is asked while a document is worked on.
"""
