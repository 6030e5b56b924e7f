"""The names of the stages and of their queues; what each stage does stands in ``stages``."""

CONVERT = "convert"
# Conversion of documents whose pages must be recognised, which takes long; recorded as conversion.
SCAN = "scan"
NORMALIZE = "normalize"
EXTRACT = "extract"
INDEX = "index"
# The stages of every document, in order.
ORDER = (CONVERT, NORMALIZE, EXTRACT, INDEX)
QUEUES = (CONVERT, SCAN, NORMALIZE, EXTRACT, INDEX)
