"""Mail as it travels and as Outlook saves it."""
