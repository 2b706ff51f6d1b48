"""The commands that show what a workspace holds, and their options."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from khabar.cli.workspace_app import DEFAULT, AsJson, Where

Type = Annotated[str | None, typer.Option("--type", metavar="TYPE", help="Of events of this type (ASSAULT, DISASTER …).")]
Actor = Annotated[str | None, typer.Option("--actor", metavar="WHO", help="Done by this entity: its id, or its name.")]
Recipient = Annotated[str | None, typer.Option("--recipient", metavar="WHO", help="Done to this entity.")]
Place = Annotated[str | None, typer.Option("--place", metavar="WHERE", help="In this place; a country means all in it.")]
Near = Annotated[str | None, typer.Option("--near", metavar="LAT,LON,KM", help="In places at most so far from a point.")]
From = Annotated[str | None, typer.Option("--from", metavar="DAY", help="Not before this day (2024-03-10).")]
To = Annotated[str | None, typer.Option("--to", metavar="DAY", help="Not after this day.")]
Source = Annotated[str | None, typer.Option("--source", metavar="WHO", help="Said by this entity.")]
Outlet = Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="Published by this outlet.")]
Figure = Annotated[str | None, typer.Option("--figure", metavar="KIND", help="With figures of this kind (killed, displaced …).")]
State = Annotated[str | None, typer.Option("--status", metavar="STATUS", help="Happened, ongoing, planned, possible or denied.")]
Story = Annotated[int | None, typer.Option("--story", metavar="ID", help="Of this story.")]
Words = Annotated[str | None, typer.Option("--text", metavar="QUERY", help="In articles that have these words (see search).")]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, help="How many at most.")]


def stories(
    type: Type = None, actor: Actor = None, recipient: Recipient = None, place: Place = None, near: Near = None,
    begin: From = None, end: To = None, source: Source = None, outlet: Outlet = None, figure: Figure = None,
    status: State = None, text: Words = None,
    largest: Annotated[bool, typer.Option("--largest", help="Those of most reports first, not the latest.")] = False,
    limit: Limit = 50, workspace: Where = DEFAULT, as_json: AsJson = False,
) -> int:  # fmt: skip
    """List stories: articles on one happening, over outlets and days. The latest come first."""
    from khabar.cli.browsing import Asked
    from khabar.cli.browsing import stories as run

    asked = Asked(
        workspace=workspace, limit=limit, as_json=as_json, type=type, actor=actor, recipient=recipient, place=place, near=near,
        begin=begin, end=end, source=source, outlet=outlet, figure=figure, status=status, text=text,
    )  # fmt: skip
    return run(asked, largest)


def story(
    id: Annotated[int, typer.Argument(metavar="ID", help="The story; khabar stories lists them.", show_default=False)],
    policy: Annotated[
        str, typer.Option("--policy", help="One number of many claims: latest, min, max, ranked or ucdp.")
    ] = "latest",
    rank: Annotated[
        list[str] | None,
        typer.Option("--rank", metavar="SOURCE", help="A source for --policy ranked, the most trusted first."),
    ] = None,
    workspace: Where = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """Show a story: the ledger of its figures with who says so and what contradicts what, its events, its articles."""
    from khabar.cli.browsing import story as run

    return run(workspace, id, policy, rank or [], as_json)


def events(
    type: Type = None, actor: Actor = None, recipient: Recipient = None, place: Place = None, near: Near = None,
    begin: From = None, end: To = None, source: Source = None, outlet: Outlet = None, figure: Figure = None,
    status: State = None, story: Story = None, text: Words = None,
    limit: Limit = 50, workspace: Where = DEFAULT, as_json: AsJson = False,
) -> int:  # fmt: skip
    """List events, joined across articles: who did what to whom, where and when. The latest come first."""
    from khabar.cli.browsing import Asked
    from khabar.cli.browsing import events as run

    return run(Asked(
        workspace=workspace, limit=limit, as_json=as_json, type=type, actor=actor, recipient=recipient, place=place, near=near,
        begin=begin, end=end, source=source, outlet=outlet, figure=figure, status=status, story=story, text=text,
    ))  # fmt: skip


def figures(
    figure: Figure = None,
    type: Type = None, actor: Actor = None, recipient: Recipient = None, place: Place = None, near: Near = None,
    begin: From = None, end: To = None, source: Source = None, outlet: Outlet = None,
    status: State = None, story: Story = None, text: Words = None,
    limit: Limit = 50, workspace: Where = DEFAULT, as_json: AsJson = False,
) -> int:  # fmt: skip
    """List figures as articles claim them: how many, of what, as of when, according to whom. The latest come first."""
    from khabar.cli.browsing import Asked
    from khabar.cli.browsing import figures as run

    return run(Asked(
        workspace=workspace, limit=limit, as_json=as_json, type=type, actor=actor, recipient=recipient, place=place, near=near,
        begin=begin, end=end, source=source, outlet=outlet, figure=figure, status=status, story=story, text=text,
    ))  # fmt: skip


def entities(
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help="Only person, organization, place …")] = None,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="With these words in a name.")] = None,
    outlet: Outlet = None, begin: From = None, end: To = None, story: Story = None, text: Words = None,
    limit: Limit = 50, workspace: Where = DEFAULT, as_json: AsJson = False,
) -> int:  # fmt: skip
    """List people, organisations and places. Those that most articles name come first."""
    from khabar.cli.browsing import Asked
    from khabar.cli.browsing import entities as run

    asked = Asked(
        workspace=workspace, limit=limit, as_json=as_json, outlet=outlet, begin=begin, end=end, story=story, text=text
    )  # fmt: skip
    return run(asked, kind, name)


def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help='Words, "phrases", -without, begin*.', show_default=False)],
    type: Type = None, actor: Actor = None, recipient: Recipient = None, place: Place = None, near: Near = None,
    begin: From = None, end: To = None, source: Source = None, outlet: Outlet = None, figure: Figure = None,
    status: State = None, story: Story = None,
    limit: Limit = 20, workspace: Where = DEFAULT, as_json: AsJson = False,
) -> int:  # fmt: skip
    """Search the articles. A word is found with any proclitic and in any spelling; names in Latin letters too.

    A query that begins with a minus sign comes after --.
    """
    from khabar.cli.browsing import Asked
    from khabar.cli.browsing import found as run

    asked = Asked(
        workspace=workspace, limit=limit, as_json=as_json, type=type, actor=actor, recipient=recipient, place=place, near=near,
        begin=begin, end=end, source=source, outlet=outlet, figure=figure, status=status, story=story,
    )  # fmt: skip
    return run(asked, query)


def export(
    format: Annotated[str | None, typer.Argument(metavar="[FORMAT]", help="Without it, the formats are listed.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here, whole or not at all, instead of to stdout.")
    ] = None,
    layer: Annotated[
        str | None, typer.Option("--layer", metavar="NAME", help="This layer alone, in formats of tables (events).")
    ] = None,
    policy: Annotated[
        str, typer.Option("--policy", metavar="NAME", help="How one figure is made of those claimed, where a format has one.")
    ] = "latest",
    copies: Annotated[bool, typer.Option("--copies", help="Copies of other articles too, and what they say.")] = False,
    type: Type = None, actor: Actor = None, recipient: Recipient = None, place: Place = None, near: Near = None,
    begin: From = None, end: To = None, source: Source = None, outlet: Outlet = None, figure: Figure = None,
    status: State = None, story: Story = None, text: Words = None, workspace: Where = DEFAULT,
) -> int:  # fmt: skip
    """Write what a workspace holds in the format of others: tables, maps, event data, annotations."""
    from khabar.cli.browsing import Asked, narrowed
    from khabar.cli.exporting import run
    from khabar.exports import Options

    asked = Asked(
        workspace=workspace, limit=1, as_json=False, type=type, actor=actor, recipient=recipient, place=place, near=near,
        begin=begin, end=end, source=source, outlet=outlet, figure=figure, status=status, story=story, text=text,
    )  # fmt: skip
    return run(format, workspace, output, narrowed(asked), Options(copies=copies, policy=policy, layer=layer))


COMMANDS: tuple[Callable[..., Any], ...] = (stories, story, events, figures, entities, search, export)
