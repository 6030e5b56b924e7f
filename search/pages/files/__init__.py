"""Pages on what became of files: of an upload, of a container."""
