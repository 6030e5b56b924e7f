"""Lines broken by a printer or cut off."""
