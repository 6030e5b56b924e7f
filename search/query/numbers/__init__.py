"""Numbers, dates, 文号 and articles of laws in every spelling."""
