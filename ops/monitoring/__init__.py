"""What an operator sees: logs, metrics, traces, the operations page."""
