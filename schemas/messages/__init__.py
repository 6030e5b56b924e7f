"""What is said of documents: each sentence under a code, in Chinese and in English, with named values."""
