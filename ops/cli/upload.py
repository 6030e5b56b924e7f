"""``gongkai upload``: puts files into the inbox and can wait for their outcomes."""

from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ops.cli.output import FAILED, FINE, WRONG_USE, AsJson, print_json, say
from ops.cli.progress_bar import Bar
from ops.cli.status import reason
from ops.cli.upload_progress import Tally, UploadProgress
from schemas.errors import DependencyError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ops.maintenance.upload import UploadedObject, UploadTarget
    from schemas.records import DocumentRecord
    from workers.settings import Settings


def upload(
    paths: Annotated[list[str], typer.Argument(help="Files and folders; folders are taken recursively.")],
    prefix: Annotated[str, typer.Option(help="Put before each key, with a slash between.")] = "",
    wait: Annotated[bool, typer.Option("--wait", help="Wait for the outcome of each file and print it.")] = False,
    patience: Annotated[float, typer.Option(min=1, help="Seconds without any progress before waiting ends.")] = 600,
    as_json: AsJson = False,
) -> int:
    """Put files into the inbox."""
    files, code = _readable(paths)
    if not files:
        say("nothing to upload")
        return WRONG_USE
    from ops.maintenance.upload import open_target  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    settings = load()
    _import_clients(settings, wait=wait)
    with open_target(settings) as target:
        if settings.objects_url == f"file://{settings.data_dir}/inbox":
            target.inbox.bootstrap()  # The first upload may precede the first `gongkai run`.
        sent, refused = _send(target, files, prefix)
        code = FAILED if refused else code
        say(_summary(sent))
        if not wait:
            if as_json:
                print_json(sent)
            return code
        records = _wait(settings, sent, patience, tell=not as_json)
    if as_json:
        print_json(records)
    ended = Counter(record.state.value for record in records)
    say(", ".join(f"{count} {state}" for state, count in sorted(ended.items())))
    return FAILED if ended["failed"] else code


def _import_clients(settings: "Settings", *, wait: bool) -> None:
    from workers.runtime.client_imports import import_clients  # noqa: PLC0415  start-up

    if not settings.embedded:
        import_clients("redis", *(("elasticsearch",) if wait else ()))


def _readable(paths: list[str]) -> tuple[list[tuple[str, Path]], int]:
    from ops.local_extract.file_discovery import documents  # noqa: PLC0415  start-up

    files, code = [], FINE
    for item in documents(paths, say):
        if item.fault:
            say(f"{item.name}: {item.fault}")
            code = FAILED
        else:
            files.append((item.below, item.path))
    return files, code


def _send(target: "UploadTarget", files: list[tuple[str, Path]], prefix: str) -> "tuple[list[UploadedObject], int]":
    from ops.maintenance.upload import upload as send  # noqa: PLC0415  start-up

    refused: list[str] = []
    total = sum(path.stat().st_size for _, path in files)
    with Bar("upload", total=len(files)) as bar:
        bytes_done = 0

        def show(batch: "Sequence[UploadedObject]") -> None:
            nonlocal bytes_done
            bytes_done += sum(one.size for one in batch)
            bar.say(f"{bytes_done / 1e6:,.1f} of {total / 1e6:,.1f} MB")
            bar.advance(len(batch))

        try:
            sent = list(
                send(target, files, prefix=prefix, received=show, refused=lambda error: refused.append(str(error)))
            )
        except DependencyError:
            say("not everything was queued: the next sweep finds what reached the inbox; uploading again is safe")
            raise
    for line in refused:
        say(line)
    return sent, len(refused)


def _summary(sent: "list[UploadedObject]") -> str:
    there = sum(not one.sent for one in sent)
    return f"{len(sent)} files in the inbox" + (f", {there} of them unchanged and not sent again" if there else "")


def _wait(settings: "Settings", sent: "list[UploadedObject]", patience: float, *, tell: bool) -> "list[DocumentRecord]":
    from ops.maintenance.upload import outcomes  # noqa: PLC0415  start-up
    from workers.pipeline.search_index import records_of  # noqa: PLC0415  start-up

    records: list[DocumentRecord] = []
    tally = Tally(len(sent))
    with closing(records_of(settings)) as index, UploadProgress(tally) as shown:
        for _, record in outcomes(index, sent, seconds=patience, waiting=shown.show):
            records.append(record)
            tally.count(record)
            if tell and record.problems:
                shown.clear()
                typer.echo(reason(record, settings.language))
            shown.show()
    return records
