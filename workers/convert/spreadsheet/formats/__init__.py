"""What cells of spreadsheets show of the values that are stored in them."""
