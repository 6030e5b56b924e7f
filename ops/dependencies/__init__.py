"""The packages this application depends on, their licences and the bill of materials."""
