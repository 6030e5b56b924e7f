"""What runs and watches the system: command line, composition, metrics, images, servers for tests, benchmarks."""
