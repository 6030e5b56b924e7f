"""Repairs of lines broken by a printer, and reports of lines cut off."""
