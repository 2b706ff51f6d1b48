"""`khabar status`: what is in a workspace."""

import msgspec

from khabar.cli.opening import opened
from khabar.cli.outcome import ALL_READ
from khabar.workspace.status import Status, status


def run(where: str, *, as_json: bool) -> int:
    """Print the numbers; gives the exit code."""
    with opened(where) as workspace:
        found = status(workspace)
    print(msgspec.json.encode(found).decode() if as_json else page(found))
    return ALL_READ


def page(found: Status) -> str:
    """The numbers as lines of text."""
    days = f", {found.first_day} to {found.last_day}" if found.first_day else ""
    lines = [
        f"{found.workspace}, {found.size / 1e6:,.1f} MB",
        f"{found.articles:>9,} articles of {found.outlets:,} outlets{days}",
        f"{found.copies:>9,} of them copies of others",
        f"{found.stories:>9,} stories",
        f"{found.events:>9,} events",
        f"{found.entities:>9,} people, organisations and places",
        f"{found.claims:>9,} figures claimed",
        f"{found.judgements:>9,} judgements",
    ]
    if found.revisions > found.articles:
        lines.append(f"{found.revisions:>9,} revisions of the articles")
    if found.fast:
        lines.append(f"{found.fast:>9,} read without the tagger (khabar reread --tagger reads them with it)")
    if found.outdated:
        lines.append(f"{found.outdated:>9,} read by another version of Khabar (khabar reread renews them)")
    return "\n".join(lines)
