"""Pages for people of what else only commands and programs can do: held documents, furniture, access keys."""
