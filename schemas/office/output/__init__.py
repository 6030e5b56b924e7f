"""What goes out of the office: gazette, metadata, a document written anew, answers to harvesters."""
