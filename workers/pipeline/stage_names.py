"""The names of the stages and of their queues; what each stage does stands in ``stages``."""

CONVERT = "convert"
# Conversion of what was found to need its pages recognised, which takes long; it is recorded as conversion.
SCAN = "scan"
NORMALIZE = "normalize"
EXTRACT = "extract"
INDEX = "index"
# What every document goes through, in this order.
ORDER = (CONVERT, NORMALIZE, EXTRACT, INDEX)
QUEUES = (CONVERT, SCAN, NORMALIZE, EXTRACT, INDEX)
