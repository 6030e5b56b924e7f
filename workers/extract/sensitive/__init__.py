"""Personal data and secrecy marks."""
