"""``python -m ops.bench.faults``: runs the fault suite and prints a line of JSON per seed; exit code 1 if one fails."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from ops.bench.faults.run import run
from ops.bench.faults.servers import killable_servers
from ops.testservers import Places
from schemas.errors import GongkaiError


def main(
    seed: Annotated[list[int] | None, typer.Option(help="Of what is drawn; may be repeated.")] = None,
    documents: Annotated[int, typer.Option(min=10, help="How many, for each seed.")] = 300,
    pause: Annotated[float, typer.Option(min=0.1, help="Seconds between two faults, on average.")] = 3.0,
    patience: Annotated[float, typer.Option(min=1, help="Seconds to wait for quiet at most.")] = 240.0,
    s3: Annotated[str, typer.Option(envvar="GONGKAI_TEST_S3", help="minio, ceph or seaweedfs.")] = "",
    logs: Annotated[Path | None, typer.Option(help="Folder to keep the logs of the processes in.")] = None,
) -> None:
    """Upload documents while servers and processes are killed, sweep once, and count what went wrong."""
    bad = 0
    if logs:
        logs.mkdir(parents=True, exist_ok=True)
    with killable_servers(Places.default(s3=s3)) as trio:
        for one in seed or [1]:
            typer.echo(f"seed {one}", err=True)
            try:
                done = run(trio, one, documents, pause=pause, patience=patience, keep=logs, say=_say)
            except GongkaiError as error:  # A server that does not come back fails its seed only.
                bad += 1
                typer.echo(json.dumps({"seed": one, "documents": documents, "error": str(error)}, ensure_ascii=False))
                continue
            bad += not done.verdict.good
            typer.echo(json.dumps(asdict(done), ensure_ascii=False))
    raise typer.Exit(1 if bad else 0)


def _say(line: str) -> None:
    typer.echo(line, err=True)


if __name__ == "__main__":
    typer.run(main)
