"""The names of the stages in their order, and of the queues; what each stage does stands in ``pipeline``."""

from workers.leases.protocol import SCAN

ORDER = ("convert", "normalize", "extract", "index")
QUEUES = (ORDER[0], SCAN, *ORDER[1:])
