"""The books of the inbox, as operators ask for them."""
