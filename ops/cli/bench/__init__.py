"""The commands ``gongkai bench …``."""
