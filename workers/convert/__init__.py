"""Files of any format to blocks in reading order. A format is one module here and one line in ``registry.py``."""
