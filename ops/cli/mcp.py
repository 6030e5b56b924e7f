"""``gongkai mcp``: tools with which a language model searches and reads the documents."""

from typing import Annotated

import typer

from ops.cli.output import FINE, say


def mcp(
    http: Annotated[
        bool, typer.Option("--http", help="Serve HTTP on GONGKAI_MCP_PORT instead of standard input and output.")
    ] = False,
) -> int:
    """Let a language model search and read (Model Context Protocol), with the access keys of the HTTP interface."""
    from ops.cli.run import log_as  # noqa: PLC0415  start-up
    from ops.processes.mcp_server import serve_tools  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    serve_tools(log_as(load(), usual="WARNING"), http=http, ready=lambda url: say(f"tools: {url}"))
    return FINE
