"""The commands and their options."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from khabar.cli import browse_app, workspace_app

app = typer.Typer(
    name="khabar",
    help="Reads Arabic news and keeps the record: who did what to whom, where and when, how many, and who says so.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """How records are written."""

    pretty = "pretty"
    jsonl = "jsonl"


def _version(asked: bool) -> None:
    if asked:
        from khabar import __version__

        print(f"khabar {__version__}")
        raise typer.Exit


@app.callback()
def top(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False,
) -> None:
    pass


@app.command()
def read(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATHS...", help="Files, folders or patterns; - is standard input.", show_default=False)
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here, whole or not at all, instead of to stdout.")
    ] = None,
    format: Annotated[
        Format | None, typer.Option("--format", "-f", help="pretty (the default on a terminal) or jsonl.", show_default=False)
    ] = None,
    fast: Annotated[bool, typer.Option("--fast", help="Read without the neural tagger: faster, less exact.")] = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help="Processes to read with; 0 is one a core.")] = 1,
    published: Annotated[
        str | None,
        typer.Option(
            "--published", metavar="DATE", help="When the articles were published, where they do not say so themselves."
        ),
    ] = None,
    field: Annotated[
        list[str] | None,
        typer.Option("--field", metavar="NAME=KEY", help="In JSON Lines, the article's NAME stands under KEY (text=body)."),
    ] = None,
    evidence: Annotated[
        bool, typer.Option("--evidence", "-e", help="On a page, show the words that each value stands on.")
    ] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where a stopped run with the same -o ended.")] = False,
) -> int:
    """Read articles and give their records.

    Text, HTML or JSON Lines, gzipped or not; the kind is found by content. Exit code: 0 all read, 1 some failed (each has its
    line on stderr), 2 usage.
    """
    from khabar.cli.reading import Options, run

    shape = format.value if format else None
    return run(
        paths,
        Options(
            output=output,
            format=shape,
            fast=fast,
            jobs=jobs,
            published=published,
            fields=field or [],
            evidence=evidence,
            resume=resume,
        ),
    )


@app.command()
def explain(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="A file with one article; - is standard input.")],
    event: Annotated[str | None, typer.Option("--event", metavar="ID", help="Only this event (v3).", show_default=False)] = None,
    number: Annotated[
        int, typer.Option("--number", "-n", min=1, help="Which article, where the file holds several (1 is the first).")
    ] = 1,
    fast: Annotated[bool, typer.Option("--fast", help="Read without the neural tagger.")] = False,
    published: Annotated[
        str | None, typer.Option("--published", metavar="DATE", help="When it was published, where it does not say so.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object an event instead of a page.")] = False,
) -> int:
    """Show why each event of an article was read: the entry of the lexicon, the form, the frame, and what weighed."""
    from khabar.cli.explaining import run

    return run(article, event=event, number=number, fast=fast, published=published, as_json=as_json)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    import json

    from khabar.record import schema as made

    print(json.dumps(made(), indent=1, ensure_ascii=False))


for command in (workspace_app.add, workspace_app.reread, workspace_app.status, workspace_app.judge):
    app.command()(command)
for shown in browse_app.COMMANDS:
    app.command()(shown)


@app.command()
def serve(
    workspace: Annotated[
        str | None,
        typer.Option("--workspace", "-w", metavar="FILE|URL", help="The workspace to show; without one, articles can be read."),
    ] = None,
    host: Annotated[str, typer.Option("--host", metavar="NAME", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", "-p", min=0, max=65535, help="The port; 0 is any that is free.")] = 8000,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="HOST", help="Another name under which it is reached.", show_default=False),
    ] = None,
    tokens: Annotated[
        Path | None,
        typer.Option(
            "--tokens", metavar="FILE", help="Who may read and who may edit: lines RIGHT NAME TOKEN.", show_default=False
        ),
    ] = None,
    fast: Annotated[bool, typer.Option("--fast", help="Read articles without the neural tagger.")] = False,
) -> int:
    """Open the workbench: pages in Arabic or English, and the API (its description is at /docs).

    Any host but this machine alone needs --tokens.
    """
    from khabar.cli.serving import run

    return run(workspace, host=host, port=port, names=name or [], tokens=tokens, fast=fast)
