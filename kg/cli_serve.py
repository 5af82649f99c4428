"""The command that answers SPARQL over HTTP."""

# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it: `kg --help` is quick
# ruff: noqa: PLR0917 - typer calls by keyword

from __future__ import annotations

import signal
from pathlib import Path
from typing import Annotated

import typer

from kg.cli_app import command
from kg.cli_options import Folder
from kg.cli_output import err, out


@command("serve")
def serve(
    output: Folder = Path("output"),
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, metavar="N", help="The port; 0 takes a free one.")
    ] = 7878,
    host: Annotated[
        str,
        typer.Option("--host", metavar="ADDRESS", help="The address to listen at; others than this machine ask, too."),
    ] = "127.0.0.1",
    timeout: Annotated[
        float, typer.Option("--timeout", min=0.1, metavar="SECONDS", help="A query that takes longer is stopped.")
    ] = 30.0,
    workers: Annotated[
        int, typer.Option("--workers", min=1, max=64, metavar="N", help="So many queries run side by side.")
    ] = 2,
    open_it: Annotated[bool, typer.Option("--open", help="Open the page to write queries in.")] = False,
) -> None:
    """Answer SPARQL queries over HTTP, read only, and serve a page to write them in; Ctrl-C stops it.

    It sees what `kg add`, `kg remove` and `kg build` change meanwhile.
    """
    from kg.serve import Limits, Server

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what service managers send ends it as Ctrl-C does
    server = Server(output, host=host, port=port, limits=Limits(timeout=timeout, workers=workers))
    try:
        out.print(f"the page:     {server.url}", soft_wrap=True)
        out.print(f"the endpoint: {server.url}sparql", soft_wrap=True)
        if not server.is_local:
            err.print("[yellow]warning:[/] whoever reaches this address may read the whole graph", soft_wrap=True)
        out.file.flush()
        if open_it:
            import webbrowser

            webbrowser.open(server.url)
        server.run()
    except KeyboardInterrupt:
        err.print("stopped")
    finally:
        server.close_files()
