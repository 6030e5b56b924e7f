"""The page in the browser for the person who answers for the queues: what goes on, live, and what can be done."""
