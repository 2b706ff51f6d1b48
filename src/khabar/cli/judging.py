"""`khabar judge`: what people decide about readings."""

import getpass
import sys
from collections.abc import Iterator
from typing import Any, get_args

import msgspec

from khabar.cli.opening import opened
from khabar.cli.outcome import ALL_READ, Stop
from khabar.workspace import Workspace
from khabar.workspace.correcting import FIELDS, PEOPLE, Judgement, Layer, Verdict
from khabar.workspace.judgements import listed
from khabar.workspace.judging import Draft, JudgementError, judge, undo

PAGE = 500
"""Judgements that are fetched at a time."""


def run(where: str, words: list[str], *, values: list[str], who: str | None, why: str | None, limit: int, as_json: bool) -> int:
    """Judge, take back or list; gives the exit code."""
    action, *rest = words
    with opened(where) as workspace:
        if action == "list":
            _list(workspace, rest, who, limit, as_json)
        elif action == "undo":
            _undo(workspace, rest, as_json)
        elif action in get_args(Verdict):
            draft = drafted(action, rest, values, who or getpass.getuser(), why)
            with workspace.writing() as connection:
                try:
                    made = judge(connection, draft)
                except JudgementError as error:
                    raise Stop(str(error)) from None
            _show(made, as_json)
        else:
            raise Stop(f"judge {action}: say confirm, reject, correct, merge, split, undo or list")
    return ALL_READ


def drafted(verdict: str, words: list[str], values: list[str], who: str, why: str | None) -> Draft:
    """The draft that the words of the command give; raises `Stop`."""
    if not words or words[0] not in get_args(Layer):
        raise Stop(f"judge {verdict}: say of what: {', '.join(get_args(Layer))}")
    layer, *targets = words
    if not targets:
        raise Stop(f"judge {verdict} {layer}: say which, by its id (17) or by an article and an id in its record (5:f2)")
    node = article = local = None
    first = targets[0]
    if ":" in first and layer == "story":
        raise Stop(f"judge {verdict} story {first}: a story is named by its id, and of a split the article by its number")
    if ":" in first:
        number, _, local = first.partition(":")
        article = _number(number, first)
    elif layer == "story" and verdict == "split":
        article = _number(first, first)
    else:
        node = _number(first, first)
    if len(targets) > 1 and verdict != "merge":
        raise Stop(f"judge {verdict}: one {layer} at a time; {' '.join(targets[1:])} is too many")
    others = [_number(t, t) for t in targets[1:]]
    change = dict(_value(layer, pair) for pair in values)
    made: Any = {"layer": layer, "verdict": verdict, "who": who, "why": why}
    return Draft(**made, node=node, article=article, local=local, others=others, change=change)


def _number(digits: str, shown: str) -> int:
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise Stop(f"{shown}: no id; write 17, or 5:f2 for what stands under f2 in the record of article 5")
    return int(digits)


def _value(layer: str, pair: str) -> tuple[str, Any]:
    """A field and its value, of `--set FIELD=VALUE`; nothing after the sign is null, entities are ids with commas between."""
    field, sign, value = pair.partition("=")
    if not sign or field not in FIELDS[layer]:
        raise Stop(f"--set {pair}: expected FIELD=VALUE; of a {layer}: {', '.join(FIELDS[layer])}")
    if field in PEOPLE:
        ids = [_number(v.strip(), pair) for v in value.split(",") if v.strip()]
        return field, ids if field != "via" else ids[0] if ids else None
    if value == "":
        return field, None
    try:
        if field in ("low", "best", "high"):
            return field, int(value)
        return field, float(value) if field in ("latitude", "longitude") else value
    except ValueError:
        raise Stop(f"--set {pair}: {field} is a number") from None


def _undo(workspace: Workspace, rest: list[str], as_json: bool) -> None:
    if len(rest) != 1:
        raise Stop("judge undo: say which judgement, by its number (khabar judge list shows them)")
    with workspace.writing() as connection:
        try:
            _show(undo(connection, _number(rest[0], rest[0])), as_json)
        except JudgementError as error:
            raise Stop(str(error)) from None


def _list(workspace: Workspace, rest: list[str], who: str | None, limit: int, as_json: bool) -> None:
    if len(rest) > 1 or (rest and rest[0] not in get_args(Layer)):
        raise Stop(f"judge list {' '.join(rest)}: list all, or those of one of {', '.join(get_args(Layer))}")
    found = _all(workspace, who, rest[0] if rest else None, limit)
    shown = 0
    for judgement in found:
        _show(judgement, as_json)
        shown += 1
    if not shown and not as_json:
        print("there are no judgements")


def _all(workspace: Workspace, who: str | None, layer: str | None, limit: int) -> Iterator[Judgement]:
    before: int | None = None
    while limit > 0:
        with workspace.reading() as connection:
            page = listed(connection, before=before, limit=min(limit, PAGE), who=who, layer=layer)
        yield from page
        if len(page) < PAGE:
            return
        before, limit = page[-1].id, limit - len(page)


def _show(judgement: Judgement, as_json: bool) -> None:
    line = msgspec.json.encode(judgement).decode() if as_json else said(judgement)
    sys.stdout.write(line + "\n")


def said(judgement: Judgement) -> str:
    """A judgement in one line."""
    nodes = _nodes(judgement)
    words = f"«{judgement.anchors[0].quote}»" if judgement.anchors and judgement.anchors[0].quote else ""
    more = f" and {len(judgement.anchors) - 1} more" if words and len(judgement.anchors) > 1 else ""
    change = ", ".join(
        f"{field} {_shown(judgement.before.get(field))} → {_shown(value)}" for field, value in judgement.change.items()
    )
    why = f" ({judgement.why})" if judgement.why else ""
    back = f", taken back {judgement.undone}" if judgement.undone else ""
    parts = [f"#{judgement.id}", judgement.verdict, judgement.layer, nodes, words + more, change]
    line = f"{' '.join(p for p in parts if p)} — {judgement.who}, {judgement.made}{why}{back}"
    return " ".join("".join(c if c.isprintable() else " " for c in line).split())


def _nodes(judgement: Judgement) -> str:
    """What a judgement is about as a whole, by its ids; of a merge what went where, of a split what came out of what."""
    first, *others = map(str, judgement.nodes) if judgement.nodes else ("",)
    if judgement.verdict == "merge":
        moved = sum(map(len, judgement.before.get("moved", {}).values()))
        what = "article" if judgement.layer == "story" else "reading"
        return f"{' '.join(others)} into {first} ({moved} {what}{'s' * (moved != 1)})"
    if judgement.verdict == "split":
        old, *_ = judgement.before.get("moved") or [""]
        articles = ", ".join(str(a) for a in sorted({at.article for at in judgement.anchors}))
        return f"{first} out of {old} (article{'s' * (',' in articles)} {articles})"
    return " ".join([first, *others])


def _shown(value: Any) -> str:
    return "–" if value in (None, []) else ", ".join(map(str, value)) if isinstance(value, list) else str(value)
