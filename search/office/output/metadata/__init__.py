"""Records of documents after GB/T 33480-2016, the metadata of official documents, as XML, JSON and tables."""
