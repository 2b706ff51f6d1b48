"""A record as a page on a terminal, for a person who wants to know what an article says.

Arabic is printed as it is stored: the terminal shapes and orders it, or does not. Terminals that order take a line's direction
from its first letter or leave it left to right, and turn around whatever stands between two Arabic words: "A → B" would read
"B ← A". So lines begin with a word of English, who is told from whom by words and not by signs, and each Arabic name is
followed by a left-to-right mark (no width).
"""

import io
import re
import shutil
from collections.abc import Callable, Iterable
from typing import TypeVar

import msgspec
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from khabar.cli.wording import TYPES, amount, clip, day, moment, period
from khabar.record import Attribution, Entity, Event, Figure, Record, Span

WIDE = 100
"""From this many columns on, what is under one another on a narrow page stands side by side."""

STATUS_STYLE = {"happened": "green", "ongoing": "yellow", "planned": "cyan", "possible": "magenta", "denied": "red"}


def page(record: Record, *, evidence: bool = False, width: int | None = None, colour: bool = False) -> str:
    """The page of a record as text of `width` columns (those of the terminal), with colours where the terminal has them."""
    width = max(40, width or shutil.get_terminal_size((80, 24)).columns)
    console = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=colour,
        color_system="auto" if colour else None,
        no_color=not colour,
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
    )
    console.print(_Page(harmless(record, Record), evidence, width).whole())
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    lines = (line.rstrip(" ") for line in text.split("\n"))
    return "\n".join(lines).rstrip("\n") + "\n"


_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, and those that turn the direction of a line for all that follows."""


class _Page:
    def __init__(self, record: Record, evidence: bool, width: int) -> None:
        self.record, self.evidence, self.wide = record, evidence, width >= WIDE
        self.entities = {e.id: e for e in record.entities}
        self.attributions = {a.id: a for a in record.attributions}
        self.events = {v.id: v for v in record.events}

    def whole(self) -> RenderableType:
        parts = [self._head()]
        for title, body in (
            ("EVENTS", self._timeline if self.record.events else None),
            ("FIGURES", self._figures if self.record.figures else None),
            ("PEOPLE", self._who("person")),
            ("ORGANISATIONS, GROUPS, HAZARDS", self._who("organization", "group", "hazard")),
            ("PLACES", self._places()),
            ("WHO SAYS WHAT", self._statements if self.record.attributions else None),
        ):
            if body:
                parts += [Text(), Text(title, "bold blue"), Padding(body(), (0, 0, 0, 2))]
        if not (self.record.events or self.record.figures or self.record.entities):
            parts += [Text(), Text("Nothing was found in this article.", "dim")]
        return Group(*parts)

    # the head of the page

    def _head(self) -> RenderableType:
        record = self.record
        lines = [Text(clip(record.title, 300), "bold")] if record.title else [Text(clip(record.text, 120), "bold")]
        facts = [
            Text(f"published {moment(record.published)}" if record.published else "no date of publication"),
            Text(f"updated {moment(record.updated)}") if record.updated else None,
            _labelled("in", arabic(record.source.outlet)) if record.source.outlet else None,
            _labelled("by", arabic(record.source.author)) if record.source.author else None,
            _labelled("from", arabic(record.dateline)) if record.dateline else None,
        ]
        lines.append(_joined([f for f in facts if f], " · "))
        if record.source.url:
            lines.append(Text(record.source.url, "dim"))
        return Group(*lines)

    # events

    def _timeline(self) -> RenderableType:
        table = _table(15, None, *([40] if self.wide else []))
        ordered = sorted(
            self.record.events, key=lambda v: (v.begin is None, v.begin or "", v.triggers[0].span if v.triggers else (0, 0))
        )
        for event in ordered:
            if table.row_count:
                table.add_row()
            table.add_row(
                Text(period(event.begin, event.end)),
                *self._columns(self._what(event), event.attributions, [t.span for t in event.triggers], not event.gloss),
            )
        return table

    def _what(self, event: Event) -> Iterable[Text]:
        head = Text(event.mode or TYPES[event.type], "bold")
        yield Text("  ").join([head, Text(event.type, "dim"), Text(event.status, STATUS_STYLE[event.status])])
        if event.gloss:  # it says in English what the lines after it say in Arabic
            yield Text(event.gloss)
        latin = not event.gloss
        for label, ids in (("who", event.actors), ("whom", event.recipients), ("in", event.places)):
            if ids:
                yield _labelled(label, self._names(ids, latin))

    def _columns(
        self, lines: Iterable[Text], attributions: list[str], spans: list[Span], latin: bool = True
    ) -> list[RenderableType]:
        """What is claimed and who claims it: side by side on a wide page, one under the other on a narrow one."""
        according = self._according(attributions, latin or self.wide)
        words = self._sentences(spans) if self.evidence else []
        return [Group(*lines, *words), Group(*according)] if self.wide else [Group(*lines, *according, *words)]

    def _according(self, ids: list[str], latin: bool) -> list[Text]:
        """A line for each source, once."""
        lines: dict[str, Text] = {}
        for attribution in (self.attributions[i] for i in ids if i in self.attributions):
            line = self._source(attribution, latin)
            lines.setdefault(line.plain, _labelled("according to", line))
        return list(lines.values())

    def _source(self, attribution: Attribution, latin: bool = True) -> Text:
        source = self._names(attribution.sources, latin)
        if not source.plain:
            source = Text().append("(unnamed)", "dim")
        if attribution.via and attribution.via in self.entities:
            source.append(", via ").append(self._name(self.entities[attribution.via], latin))
        if attribution.channel:
            source.append(" (").append(arabic(attribution.channel)).append(")")
        return source

    # figures

    def _figures(self) -> RenderableType:
        table = _table(15, None, *([40] if self.wide else []))
        for figure in self.record.figures:
            table.add_row(
                Text(amount(figure), "bold", justify="right"),
                *self._columns(self._claim(figure), figure.attributions, [figure.span]),
            )
        return table

    def _claim(self, figure: Figure) -> Iterable[Text]:
        event = self.events.get(figure.event or "")
        facts = [Text(figure.kind, "bold")]
        if event:
            facts.append(Text(event.mode or TYPES[event.type]))
        if figure.as_of:
            facts.append(Text(f"as of {day(figure.as_of)}"))
        facts.append(arabic(figure.quote))
        yield _joined(facts, "  ")
        if figure.places:
            yield _labelled("in", self._names(figure.places))

    # statements

    def _statements(self) -> RenderableType:
        table = _table(*((44, None) if self.wide else (None,)))
        for attribution in self.record.attributions:
            said = attribution.content.quote
            source = _labelled("who", self._source(attribution))
            quote = (
                Text()
                .append("» ", "dim")
                .append(arabic(" ".join(said.split()) if self.evidence else clip(said, 140 if self.wide else 120)))
            )
            if self.evidence:
                quote.append("  cue ", "dim").append(arabic(attribution.cue.quote))
            if self.wide:
                table.add_row(source, quote)
            else:
                table.add_row(Group(source, Padding(quote, (0, 0, 0, 2))))
        return table

    # people, organisations, places

    def _who(self, *types: str) -> Callable[[], RenderableType] | None:
        """The table of the entities of some types; None where there is none."""
        found = [e for e in self.record.entities if e.type in types]

        def body() -> RenderableType:
            table = _table(*((34, 38, None) if self.wide else (24, 26, None)))
            for entity in found:
                facts = [*map(arabic, entity.roles), *([Text(entity.country, "dim")] if entity.country else [])]
                if self.evidence and entity.latitude is not None and entity.longitude is not None:
                    facts.append(Text(f"{entity.latitude:.2f}, {entity.longitude:.2f}", "dim"))
                lines = [_joined(facts, " · ")] if facts else []
                table.add_row(
                    Text(entity.name_en) if entity.name_en else Text("(no Latin form)", "dim"),
                    arabic(entity.name),
                    Group(*lines, *self._forms(entity)),
                )
            return table

        return body if found else None

    def _places(self) -> Callable[[], RenderableType] | None:
        found = [e for e in self.record.entities if e.type in ("country", "place")]
        if self.evidence or not found:
            return self._who("country", "place")
        return lambda: _joined([self._name(e) for e in found], ", ")

    def _forms(self, entity: Entity) -> Iterable[RenderableType]:
        """With evidence: the forms under which the article names an entity, and how often."""
        if self.evidence:
            counts: dict[str, int] = {}
            for mention in entity.mentions:
                counts[mention.quote] = counts.get(mention.quote, 0) + 1
            yield _labelled("named", _joined([arabic(q).append(f" ×{n}" if n > 1 else "") for q, n in counts.items()], ", "))

    def _name(self, entity: Entity, latin: bool = True) -> Text:
        if entity.name_en and latin:
            return Text(entity.name_en + " ").append(arabic(entity.name))
        return arabic(entity.name)

    def _names(self, ids: list[str], latin: bool = True) -> Text:
        return _joined([self._name(self.entities[i], latin) for i in ids if i in self.entities], ", ")

    # the words of the article

    def _sentences(self, spans: list[Span]) -> Iterable[RenderableType]:
        """The sentences in which spans stand, the spans in bold."""
        for start, end in self.record.sentences:
            inside = [(a, b) for a, b in spans if start <= a < end]
            if inside:
                words = Text().append("» ", "dim").append(arabic(self.record.text[start:end]))
                for a, b in inside:
                    words.stylize("bold underline", 2 + a - start, 2 + min(b, end) - start)
                yield words


S = TypeVar("S", bound=msgspec.Struct)


def harmless(struct: S, kind: type[S]) -> S:
    """A record or part of one without the characters that a terminal obeys (another stands for each, so that spans hold)."""

    def clean(value: object) -> object:
        if isinstance(value, str):
            return _OBEYED.sub("\ufffd", value)
        if isinstance(value, dict):
            return {key: clean(inner) for key, inner in value.items()}
        return [clean(inner) for inner in value] if isinstance(value, list) else value

    return msgspec.convert(clean(msgspec.to_builtins(struct)), kind)


def arabic(words: str) -> Text:
    """Arabic words on one line, with a mark of no width that keeps what follows from left to right."""
    return Text(words.replace("\n", " ") + "\u200e")


def _joined(parts: list[Text], by: str) -> Text:
    return Text(by).join(parts)


def _labelled(label: str, value: Text) -> Text:
    return Text().append(f"{label} ", "dim").append(value)


def _table(*widths: int | None) -> Table:
    """Columns of the given widths; None takes what is left."""
    table = Table.grid(expand=True, padding=(0, 2, 0, 0))
    for width in widths:
        table.add_column(width=width, ratio=None if width else 1, overflow="fold")
    return table
