"""Gold annotations as the record's own types, so that one layer can be trained and measured on right input."""

import gzip
import json
import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import yaml

from khabar.layers import attributions, blocks, entities, names, times
from khabar.record import Article, Attribution, Entity, Mention, Quote, Span, Time
from khabar.script import Text, fold
from khabar.tagger import Tagger
from training.annotated import runs_of_five, same_report

_CLITICS = re.compile(r"[وف]?[بلك]?(?:ال|ل)?")


class Gold(NamedTuple):
    """An annotated article: the annotation, the article, and its entities, times and attributions as record types."""

    annotation: dict[str, Any]
    article: Article
    entities: list[Entity]
    times: list[Time]
    attributions: list[Attribution]


def load(folder: Path) -> list[Gold]:
    """Annotated articles of a gold folder, by the name of their files."""
    lines = (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    articles = {a["id"]: a for a in map(json.loads, lines)}
    found = []
    for path in sorted(folder.glob("*.json")):
        annotation = json.loads(path.read_text(encoding="utf-8"))
        raw = articles[annotation["id"]]
        article = Article(
            id=raw["id"],
            text=raw["title"] + "\n" + raw["text"],
            titled=True,
            title=raw["title"],
            published=raw.get("published"),
            outlet=raw.get("outlet"),
        )
        found.append(convert(annotation, article))
    return found


def convert(annotation: dict[str, Any], article: Article) -> Gold:
    """An annotation with its article."""
    text = article.text

    def quote(q: dict[str, Any]) -> Quote:
        return Quote(locate(text, q), q["quote"])

    entities = [_entity(e, text) for e in annotation["entities"]]
    times = [
        Time(id=f"t{n}", span=locate(text, t), quote=t["quote"], type=t["type"], begin=t["begin"], end=t["end"])
        for n, t in enumerate(annotation["times"], 1)
    ]
    attributions = [
        Attribution(
            id=a["id"],
            sources=a["sources"],
            via=a.get("via"),
            channel=a.get("channel"),
            cue=quote(a["cue"]),
            content=quote(a["content"]),
        )
        for a in annotation["attributions"]
    ]
    times.sort(key=lambda t: t.span)
    return Gold(annotation, article, [e for e in entities if e.mentions], times, attributions)


def as_read(gold: Gold, tagger: Tagger | None = None) -> Gold:
    """The same article with the entities, times and attributions that Khabar reads itself: what the events layer stands on.

    Participants of the annotated events become the read entities that share a name with them; `unread` of an event says of which
    roles none was read.
    """
    article = gold.article
    page = blocks.find(article)
    text = Text(article.text, page.readable)
    words = [[text.raw[t.start : t.end] for t in text.tokens[a:b]] for a, b in text.sentences]
    tags = tagger.tag(words) if tagger else None
    found = entities.join(text, names.find(text, tags), page.outlet)
    said = attributions.find(text, found, tags)
    named = {e["id"]: {_plain(f) for f in e["forms"]} for e in gold.annotation["entities"]}
    read = {e.id: {_plain(m.quote) for m in e.mentions} | {_plain(e.name)} for e in found}
    same = {g: [e for e, forms in read.items() if forms & held] for g, held in named.items()}
    events = []
    for v in gold.annotation["events"]:
        here = {role: [e for g in v[role] for e in same.get(g, [])] for role in ("actors", "recipients", "places")}
        events.append({**v, **here, "unread": {role: bool(v[role]) and not found for role, found in here.items()}})
    return Gold({**gold.annotation, "events": events}, article, found, times.find(text, page.published), said)


def annotated(
    annotations: Iterable[Path], news: Path, tagger: Tagger | None = None, only: Collection[str] | None = None
) -> list[Gold]:
    """The articles of `annotations/` (those with an id in `only`), with the entities, times and attributions that Khabar reads in
    them.

    Where the times of their events are not annotated, or none that Khabar reads, `begin` is missing.
    """
    return [_annotated(a, raw, tagger) for a, raw in _found(annotations, news) if only is None or raw["id"] in only]


def with_entities(annotations: Iterable[Path], news: Path) -> list[Gold]:
    """Those of them whose entities are annotated, with these instead of the ones that Khabar reads."""
    found = []
    for annotation, raw in _found(annotations, news):
        if "entities" in annotation:
            read = _annotated(annotation, raw, None)
            text = read.article.text
            own = [
                Entity(
                    id=f"e{n}",
                    type=e["type"],
                    name=text[slice(*e["mentions"][0])],
                    roles=[text[a:b] for a, b in e["roles"]],
                    mentions=[Mention((a, b), text[a:b], "name") for a, b in e["mentions"]],
                )
                for n, e in enumerate(annotation["entities"], 1)
            ]
            same = {e.id: best for e in read.entities if (best := _fitting([m.span for m in e.mentions], own))}
            said = [msgspec.structs.replace(a, sources=[same[s] for s in a.sources if s in same]) for a in read.attributions]
            events = _events(annotation, read.times, own)
            found.append(read._replace(annotation={**read.annotation, "events": events}, entities=own, attributions=said))
    return found


def _found(annotations: Iterable[Path], news: Path) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Annotations with the articles that they are of."""
    wanted = {a["id"]: a for path in annotations for a in map(json.loads, path.read_text(encoding="utf-8").splitlines())}
    found: dict[str, dict[str, Any]] = {}
    with gzip.open(news, "rt", encoding="utf-8") as lines:
        for raw in map(json.loads, lines):
            if raw["id"] in wanted:
                found.setdefault(raw["id"], raw)
    return [(wanted[i], found[i]) for i in wanted if i in found]


def unseen(golds: list[Gold], folder: Path) -> list[Gold]:
    """Those that are not the same report as one that is measured with (`dev`, `second` of the gold's folder)."""

    def runs(gold: Gold) -> set[tuple[str, ...]]:
        text = gold.article.text
        return runs_of_five([text[t.start : t.end] for t in Text(text).tokens])

    measured = [runs(g) for part in ("dev", "second") for g in load(folder / part)]
    return [g for g in golds if not any(same_report(mine, other) for mine in [runs(g)] for other in measured)]


def _annotated(annotation: dict[str, Any], raw: dict[str, Any], tagger: Tagger | None) -> Gold:
    article = Article(
        id=raw["id"],
        text=raw["title"] + "\n" + raw["text"],
        titled=True,
        title=raw["title"],
        published=raw.get("published"),
        outlet=raw.get("outlet"),
    )
    read = as_read(Gold({"entities": [], "events": []}, article, [], [], []), tagger)
    return read._replace(annotation={"id": raw["id"], "entities": [], "events": _events(annotation, read.times, read.entities)})


def _events(annotation: dict[str, Any], days: list[Time], held: list[Entity]) -> list[dict[str, Any]]:
    """The events of an annotation by offset, whose participants are the entities whose mentions fit the annotated spans best."""
    events = []
    for v in annotation["events"]:
        event = {"type": v["type"], "status": v["status"], "triggers": [{"span": s} for s in v["triggers"]], "unread": {}}
        for role in ("actors", "recipients", "places"):
            event[role] = list(dict.fromkeys(e for s in v[role] if (e := _fitting([s], held))))
            event["unread"][role] = bool(v[role]) and not event[role]
        dated = [(t.begin, t.end) for a, b in v.get("times", []) for t in days if a < t.span[1] and t.span[0] < b]
        if dated or v.get("times") == []:
            event["begin"], event["end"] = max(dated, key=dated.count) if dated else (None, None)
        events.append(event)
    return events


def _fitting(spans: Iterable[Sequence[int]], held: list[Entity]) -> str:
    """Id of the entity with the mention that fits one of the spans best; empty where none does."""
    fits = [(_shared((a, b), m.span), e.id) for a, b in spans for e in held for m in e.mentions]
    share, best = max(fits, key=lambda x: x[0], default=(0.0, ""))
    return best if share > 0 else ""


def _shared(a: tuple[int, int], b: tuple[int, int]) -> float:
    """What two spans share of what they cover together."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0])) / (max(a[1], b[1]) - min(a[0], b[0]))


def _plain(name: str) -> str:
    """A name for comparison: folded, without article and quotes."""
    return " ".join(w[2:] if w.startswith("ال") and len(w) > 4 else w for w in re.sub(r"[\"'(),.]", " ", fold(name)).split())


_MARK = re.compile(r"\{([^{}:]+):(\w+)\}")


def corpus(path: Path) -> list[Gold]:
    """The sentences of the events' corpus (layers/events/corpus.yaml) as annotated articles."""
    found = []
    for n, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))):
        text = _MARK.sub(r"\1", case["text"])
        entities = {form: {"id": form, "type": kind, "forms": [form]} for form, kind in _MARK.findall(case["text"])}
        annotation = {
            "id": f"corpus/{n}",
            "entities": list(entities.values()),
            "times": [],
            "attributions": [],
            "events": [_corpus_event(line, text) for line in case["reads"]],
        }
        found.append(convert(annotation, Article(id=f"corpus/{n}", text=text)))
    return found


def _corpus_event(line: str, text: str) -> dict[str, Any]:
    head, who, *status = (p.strip() for p in line.split("|"))
    kind, _, trigger = head.partition(" ")
    text.index(trigger)
    actors, recipients = ([n for n in side.strip().split(" + ") if n != "-"] for side in who.split("->"))
    return {
        "type": kind,
        "triggers": [{"quote": trigger}],
        "actors": actors,
        "recipients": recipients,
        "places": [],
        "begin": None,
        "end": None,
        "status": status[0] if status else "happened",
    }


def locate(text: str, quote: dict[str, Any]) -> Span:
    """Span of the nth occurrence of a gold quote."""
    if "span" in quote:
        return quote["span"][0], quote["span"][1]
    at = -1
    for _ in range(quote.get("nth", 1)):
        at = text.index(quote["quote"], at + 1)
    return at, at + len(quote["quote"])


def _entity(e: dict[str, Any], text: str) -> Entity:
    mentions: list[Mention] = []
    for form in sorted(e["forms"], key=len, reverse=True):
        for match in re.finditer(re.escape(form), text):
            a, b = match.span()
            if b < len(text) and text[b].isalpha():
                continue
            start = a
            while start > 0 and text[start - 1].isalpha():
                start -= 1
            if _CLITICS.fullmatch(text, start, a) and not any(m.span[0] < b and a < m.span[1] for m in mentions):
                mentions.append(Mention((a, b), form, "name"))
    mentions.sort(key=lambda m: m.span)
    return Entity(
        id=e["id"],
        type=e["type"],
        name=e["forms"][0],
        name_en=e.get("name_en"),
        country=e.get("country"),
        roles=e.get("roles") or [],
        mentions=mentions,
    )
