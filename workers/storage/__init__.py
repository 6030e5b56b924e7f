"""Object stores: a folder, or any S3 server; chosen by URL."""
