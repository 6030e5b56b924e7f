"""The operators' web page: live state of the queues, and actions on them."""
