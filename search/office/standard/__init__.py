"""基层政务公开标准目录: its table read into items, each matched with the documents of the index."""
