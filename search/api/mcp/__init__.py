"""The tools a language model may call (Model Context Protocol): they read, and show what the HTTP interface shows."""
