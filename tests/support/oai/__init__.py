"""The schemas that answers to harvesters are checked against."""
