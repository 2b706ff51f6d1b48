"""The commands that work on a workspace, and their options."""

from typing import Annotated

import typer

Where = Annotated[
    str,
    typer.Option(
        "--workspace", "-w", metavar="FILE", envvar="KHABAR_WORKSPACE", help="The workspace: a file, or a postgresql:// URL."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of a page.")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=0, help="Processes to read with; 0 is one a core.")]

DEFAULT = "khabar.db"


def add(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATHS...", help="Files, folders or patterns; - is standard input.", show_default=False)
    ],
    workspace: Where = DEFAULT,
    fast: Annotated[bool, typer.Option("--fast", help="Read without the neural tagger: faster, less exact.")] = False,
    jobs: Jobs = 1,
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
    as_json: AsJson = False,
) -> int:
    """Read articles into a workspace, which is made where there is none.

    An article that is there already is left alone; a changed one becomes a new revision. Stopped at any moment, run it again and
    it goes on. Exit code: 0 all read, 1 some failed (each has its line on stderr), 2 usage.
    """
    from khabar.cli.adding import run

    return run(paths, workspace, fast=fast, jobs=jobs, published=published, fields=field or [], as_json=as_json)


def reread(
    workspace: Where = DEFAULT,
    everything: Annotated[
        bool, typer.Option("--all", help="Read all articles again, not only those that another version of Khabar read.")
    ] = False,
    tagger: Annotated[bool, typer.Option("--tagger", help="Read with the tagger what was read without it.")] = False,
    jobs: Jobs = 1,
    as_json: AsJson = False,
) -> int:
    """Read the articles of a workspace again after Khabar was updated, and show what changed.

    Each is read as it was before, with the tagger or without. What people decided is kept. Exit code: 0 all read, 1 some failed.
    """
    from khabar.cli.rereading import run

    return run(workspace, everything=everything, tagger=tagger, jobs=jobs, as_json=as_json)


def status(workspace: Where = DEFAULT, as_json: AsJson = False) -> int:
    """Show what is in a workspace, in numbers."""
    from khabar.cli.status import run

    return run(workspace, as_json=as_json)


def judge(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="ACTION...",
            help="confirm, reject, correct, merge or split, then what (event 17, figure 5:f2); or undo NUMBER; or list.",
            show_default=False,
        ),
    ],
    values: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="Of a correction: what is right (status=denied).")
    ] = None,
    who: Annotated[
        str | None, typer.Option("--who", metavar="NAME", help="Who judges; the user's name where nothing is said.")
    ] = None,
    why: Annotated[str | None, typer.Option("--why", metavar="WORDS", help="Why.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many are listed.")] = 100,
    workspace: Where = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """Confirm, reject or correct a reading; merge or split entities, events and stories; take that back; list what was decided.

    A judgement stands beside the machine's reading, not in its place, takes effect at once, and outlives a new reading.
    """
    from khabar.cli.judging import run

    return run(workspace, words, values=values or [], who=who, why=why, limit=limit, as_json=as_json)
