"""Tables of records that offices keep, read into what ``schemas.office.applications`` holds."""
