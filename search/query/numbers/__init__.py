"""Numbers, dates, 文号 and articles of laws, in whatever way they are written."""
