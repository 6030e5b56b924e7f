"""What this application is made of: the packages it needs, their licences and their bill of materials."""
