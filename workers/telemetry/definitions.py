"""The table of all metrics: name, kind, labels and meaning; a metric that is not here cannot be recorded.

Label values come from small fixed sets (stages, formats, categories, reasons), never from keys or documents: a label
with as many values as there are documents would make the metrics useless and put people's names into them.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["counter", "gauge", "histogram"]

# Seconds. Work on a text document takes a millisecond, a long scan two minutes, a wait in a full queue hours.
QUICK = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 120.0)
SLOW = (0.05, 0.25, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0, 7200.0, 43200.0)


@dataclass(frozen=True, slots=True)
class MetricDefinition:
    """One metric family in the sense of Prometheus.

    Attributes:
        kind: Counter, gauge or histogram.
        meaning: One line of help text.
        labels: Names of its labels, in the order of their values.
        bounds: Upper bounds of a histogram's buckets, in the unit of the name.
    """

    kind: Kind
    meaning: str
    labels: tuple[str, ...] = ()
    bounds: tuple[float, ...] = ()


FAMILIES: dict[str, MetricDefinition] = {
    "documents_total": MetricDefinition("counter", "Documents that got their outcome", ("state", "category", "format")),
    "bytes_total": MetricDefinition("counter", "Size of the documents that got their outcome, in bytes"),
    "sections_total": MetricDefinition("counter", "Sections made searchable"),
    "cpu_seconds_total": MetricDefinition("counter", "CPU time of documents, sandbox children included", ("stage",)),
    "wait_seconds": MetricDefinition(
        "histogram", "From a message's publication to its start", ("stage", "format"), SLOW
    ),
    "work_seconds": MetricDefinition("histogram", "Work on one stage of one document", ("stage", "format"), QUICK),
    "document_seconds": MetricDefinition(
        "histogram", "From the request for a document to its outcome", ("format",), SLOW
    ),
    "retries_total": MetricDefinition(
        "counter", "Tasks sent back to their queue, a server being down too long", ("stage",)
    ),
    "redeliveries_total": MetricDefinition("counter", "Messages the broker delivered once more", ("stage",)),
    "server_waits_total": MetricDefinition(
        "counter", "Times work waited for a server that did not answer", ("server",)
    ),
    "sandbox_kills_total": MetricDefinition("counter", "Conversions ended by force, or by a signal", ("reason",)),
    "events_total": MetricDefinition("counter", "Bucket events taken in"),
    "event_lag_seconds": MetricDefinition("histogram", "From a bucket event to its being taken in", (), SLOW),
    "sweeps_total": MetricDefinition("counter", "Sweeps that came to their end"),
    "sweep_differences_total": MetricDefinition(
        "counter", "Differences between bucket and index a sweep found", ("reason",)
    ),
    "sweep_queued_total": MetricDefinition("counter", "Objects a sweep had to queue"),
    "sweep_found_seconds": MetricDefinition(
        "histogram", "From an object's change to the sweep that found it", (), SLOW
    ),
    "sweep_seconds": MetricDefinition("histogram", "Duration of a sweep", (), SLOW),
    "sweep_last_seconds": MetricDefinition("gauge", "When the last sweep ended, seconds since 1970"),
    "sweep_objects": MetricDefinition("gauge", "Objects the last sweep of everything listed"),
    "index_bulk_seconds": MetricDefinition("histogram", "One bulk request to Elasticsearch", (), QUICK),
    "index_items_total": MetricDefinition("counter", "Items of bulk requests"),
    "index_rejections_total": MetricDefinition("counter", "Items and requests Elasticsearch refused", ("status",)),
}
