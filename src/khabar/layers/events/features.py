"""What is seen of a candidate trigger, of a pair of trigger and mention, and of a pair of trigger and time, as named features.

The weights of the features are learned from annotated articles (training/events) and ship as a table (`weights.json`); the same
names show in `explain`. Features name classes and lexicon entries, never words of one article.
"""

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache

from khabar.layers.entities import Ref
from khabar.layers.events.clauses import Sentence, bare
from khabar.layers.events.context import Context
from khabar.layers.events.triggers import Candidate
from khabar.lexicon import load
from khabar.record import Time
from khabar.script import partings


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load("grammar")[name])


@lru_cache(maxsize=1 << 14)
def _flags(form: str) -> tuple[str, ...]:
    """Closed classes of status that a form belongs to, with or without its conjunction."""
    ways = {p.stem for p in partings(form) if not p.article} | {form}
    return tuple(n for n in ("negations", "denials", "future", "possible", "ongoing") if ways & _words(n))


def _bucket(n: int, edges: tuple[int, ...] = (0, 1, 2, 3, 5, 8, 13)) -> str:
    for edge in edges:
        if n <= edge:
            return str(edge)
    return "+"


def _tense(c: Candidate, sentence: Sentence) -> str:
    if not c.verbal:
        return c.hit.code[0]
    form = sentence.form(c.first)
    if c.hit.at and form[c.hit.at - 1] == "س":
        return "future"
    return c.hit.code[0]


def event(c: Candidate, context: Context) -> Iterator[str]:
    """Features of a candidate being an event of its type."""
    s, entry = c.sentence, c.entry
    before, after = s.form(c.first - 1), s.form(c.end)
    weak = f"weak{entry.weak}"
    yield "bias"
    yield f"key={entry.part}:{entry.type}:{entry.key}"
    yield f"mode={entry.type}:{entry.mode}"
    yield f"type={entry.type}"
    yield weak
    shape = (
        _tense(c, s) + ("+al" if c.hit.article else "") + ("+pron" if c.hit.pronoun else "") + ("L" if "L" in c.hit.code else "")
    )
    yield f"shape={shape}"
    yield f"shape={shape}:{weak}"
    yield f"shape={shape}:{entry.type}"
    if c.matched:
        yield f"matched{min(c.matched, 3)}"
    place = (
        "title" if context.is_title(s.number) else "lead" if s.number - context.titles < 2 else "body" if s.number < 12 else "far"
    )
    yield f"in={place}"
    yield f"in={place}:{weak}"
    yield f"prevkind={s.kind(c.first - 1)}"
    yield f"nextkind={s.kind(c.end)}"
    for name, form in (("prev", before), ("next", after)):
        if (known := context.common(form)) is not None:
            yield f"{name}={known}"
    if not c.verbal:
        yield f"clitic={s.form(c.first)[: c.hit.at]}" if c.hit.at and not c.hit.article else "noclitic"
        yield f"light={c.light.entry.lemma if c.light else ''}"
        yield f"light={bool(c.light)}:{weak}"
    near = {f for t in range(max(s.first, c.first - 4), c.first) for f in _flags(s.form(t))}
    for flag in sorted(near):
        yield f"flag={flag}"
        yield f"flag={flag}:{'verb' if c.verbal else 'noun'}"
    a, b = s.clause(c.first)
    refs = [r for r in s.refs if a <= r.first < b]
    yield f"mentions={min(len(refs), 4)}"
    after_ref = next((r for r in s.refs if r.first >= c.end), None)
    before_ref = next((r for r in reversed(s.refs) if r.end <= c.first), None)
    for name, ref in (("after", after_ref), ("before", before_ref)):
        if ref is None:
            yield f"{name}=none"
            continue
        gap = ref.first - c.end if name == "after" else c.first - ref.end
        kind = "near" if gap <= 2 else "mid" if gap <= 6 else "far"
        yield f"{name}={kind}"
        yield f"{name}={kind}:{weak}"
        if kind != "far":
            yield f"{name}={kind}:{ref.entity.type}:{entry.type}"
    if any(t.isdigit() for t in s.forms[max(0, c.first - s.first - 5) : c.end - s.first + 5]):
        yield f"digits:{entry.type}"
    yield f"quoted={context.quoted(c.first)}"
    yield f"attributed={context.attributed(c)}"
    yield f"attributed={context.attributed(c)}:{weak}"
    yield f"seen={min(context.seen(entry.type), 5)}:{weak}"
    yield f"density={min(context.density, 6)}"
    yield f"sport={context.sport}"
    yield f"economy={context.economy}"
    yield f"economy={context.economy}:{weak}"
    for name, token in (("w-2", c.first - 2), ("w-1", c.first - 1), ("w+1", c.end), ("w+2", c.end + 1)):
        if word := _neighbour(s, token):
            yield f"{name}={word}"
            yield f"{name}={word}:{entry.type}"
    key = f"{entry.part}:{entry.type}:{entry.key}"
    yield f"{key}:shape={shape}"
    yield f"{key}:title={s.title}"
    yield f"{key}:light={bool(c.light)}"
    yield f"{key}:prev={s.kind(c.first - 1)}"
    yield f"{key}:next={s.kind(c.end)}"
    yield f"{key}:after={after_ref.entity.type if after_ref is not None and after_ref.first - c.end <= 2 else None}"
    beside = context.beside(c)
    for other, _ in beside:
        yield f"with={other}:{entry.type}"
    same = min(dict(beside).get(entry.type, 0), 3)
    yield f"same={same}"
    yield f"same={same}:{weak}"
    for other in context.common_types:
        yield f"article={other}:{entry.type}"
    seen = min(context.keys[entry.key], 4)
    yield f"keyseen={seen}"
    yield f"keyseen={seen}:{weak}"
    yield f"keytitle={entry.key in context.title_keys}:{s.title}:{weak}"
    yield f"typetitle={entry.type in context.title_types}:{s.title}"
    yield f"typetitle={entry.type in context.title_types}:{s.title}:{weak}"
    yield f"timed={context.timed(c)}"
    yield f"length={_bucket(s.end - s.first, (3, 6, 12, 25, 50))}"


def _neighbour(s: Sentence, token: int) -> str:
    """A word near a trigger, without its clitics, or what kind of name stands there."""
    ref = s.covered.get(token)
    return ref.entity.type if ref is not None else _shortest(s.form(token))


@lru_cache(maxsize=1 << 15)
def _shortest(form: str) -> str:
    return min((p.stem for p in partings(form)), key=len, default=form)


def status(c: Candidate, context: Context) -> Iterator[str]:
    """Features of the status of an event at one of its triggers."""
    s, entry = c.sentence, c.entry
    shape = _tense(c, s)
    yield "bias"
    yield f"shape={shape}"
    yield f"type={entry.type}"
    yield f"shape={shape}:{entry.type}"
    yield f"mode={entry.type}:{entry.mode}"
    title = context.is_title(s.number)
    yield f"title={title}:{shape}"
    near = range(max(s.first, c.first - 3), c.first)
    wide = range(max(s.first, c.first - 12), min(s.end, c.end + 6))
    for t in near:
        for flag in _flags(s.form(t)):
            yield f"near={flag}:{shape[0]}"
            if flag in ("negations", "denials", "possible"):
                yield f"near={bare(s.form(t))}:{shape[0]}"
    for flag in sorted({f for t in wide for f in _flags(s.form(t))}):
        yield f"wide={flag}"
    head = next((t for t in range(c.first - 1, max(s.first, c.first - 7) - 1, -1) if s.kind(t) in ("verb", "stop")), -1)
    if head >= 0 and s.kind(head) == "verb":
        form = s.form(head)
        yield f"head={_time_of(form)}"
        if (known := context.common(form)) is not None:
            yield f"headword={known}"
    if c.light is not None:
        form = s.form(c.light_token)
        yield f"light={'future' if form[0] == 'س' else c.light.code[0]}"
    if not c.verbal and c.hit.at:
        yield f"clitic={s.form(c.first)[c.hit.at - 1]}"
    prev = s.form(c.first - 1)
    if s.kind(c.first - 1) in ("prep", "comp"):
        yield f"prep={bare(prev)}"
    yield f"after-comp={any(s.kind(t) == 'comp' for t in near)}"
    yield f"attributed={context.attributed(c)}"
    yield f"future-time={context.future_time(c)}"
    yield f"future-time={context.future_time(c)}:{shape}"
    key = f"{entry.part}:{entry.type}:{entry.key}"
    yield f"key={key}"
    yield f"key={key}:{shape[0]}"
    for name, token in (("w-2", c.first - 2), ("w-1", c.first - 1), ("w+1", c.end), ("w+2", c.end + 1)):
        if word := _neighbour(s, token):
            yield f"{name}={word}"
    a, b = s.clause(c.first)
    yield f"since={any(bare(s.form(t)) == 'منذ' for t in range(a, b))}:{shape[0]}"
    yield f"day={context.day_of(c)}"
    yield f"day={context.day_of(c)}:{shape[0]}"
    yield f"definite={c.hit.article or bool(c.hit.pronoun)}:{entry.type}"
    yield f"keyseen={min(context.keys[entry.key], 4)}:{entry.type}"


def _time_of(form: str) -> str:
    """Tense of a governing verb as far as its first letters show it."""
    plain = form.lstrip("وف")
    return "future" if plain[:1] == "س" else "present" if plain[:1] in ("ي", "ت") else "past"


def argument(c: Candidate, ref: Ref, context: Context) -> Iterator[str]:
    """Features of a mention being an argument of a candidate: the way from one to the other."""
    s, entry = c.sentence, c.entry
    kind = ref.entity.type
    part = ("verb" if c.verbal else "noun") + ("+p" if c.hit.passive else "")
    yield "bias"
    yield f"kind={kind}"
    yield f"kind={kind}:{entry.type}"
    number = context.sentence_of(ref)
    if number != s.number:
        spoken = context.spoken(c, ref.entity.id)
        yield f"far:spoken={spoken}"
        yield f"far:spoken={spoken}:{entry.type}"
        back = s.number - number
        where = "title" if context.is_title(number) else "next" if back < 0 else f"back{min(back, 3)}"
        first = context.first_in(number) is ref
        yield f"far={where}"
        yield f"far={where}:{kind}:{entry.type}"
        yield f"far={where}:first={first}:{part}"
        yield f"far={where}:local={min(context.local(c), 2)}"
        yield f"far={where}:start={c.first - s.first <= 1}:{part}:first={first}"
        yield f"far={where}:pron={bool(c.hit.pronoun)}"
        yield f"far:kind={kind}:frequency={min(context.often(ref.entity.id), 4)}"
        return
    slot = context.slots(c).get(ref.first)
    if slot is None:
        yield "slot=none"
        yield f"slot=none:{part}:{kind}"
    else:
        name = f"{slot.name}:{slot.role}"
        yield f"slot={name}"
        yield f"slot={name}:{entry.type}"
        yield f"slot={name}:{kind}"
        yield f"slot={name}:{entry.type}:{kind}"
        yield f"slot={slot.name}:{part}:{entry.type}:{entry.mode}"
        yield f"role={slot.role}:{slot.chained}"
        yield f"role={slot.role}:{part}"
        if c.verbal:
            gap = gap_of(c, ref)
            yield f"slot={slot.name}:gap={gap}"
            yield f"slot={slot.name}:gap={gap}:{kind}"
            yield f"slot={slot.name}:agree={agrees(c, ref)}"
            yield f"slot={slot.name}:agree={agrees(c, ref)}:{gap}"
    taken = {x.name for x in context.slots(c).values() if x.role == "actor"}
    yield f"actor-known={bool(taken)}:{slot.name if slot else '-'}:{part}"
    head, joined = context.head(s, ref)
    gov = s.governor(head)
    side = "after" if ref.first >= c.end else "over" if ref.end > c.first else "before"
    lo, hi = (c.end, head.first) if side == "after" else (ref.end, c.first)
    verbs = s.verbs(lo, hi)
    place = s.order.get(ref.first, 0)
    others = place - bisect_left(s.firsts, lo) if side == "after" else bisect_left(s.firsts, c.first) - 1 - place
    role = "-"
    if gov.kind == "prep":
        role = entry.frame.get(gov.word, "-")
        if c.light is not None and role == "-":
            role = c.light.entry.frame.get(gov.word, "-")
    direct = gov.token in range(c.first, c.end)
    link = f"prep:{role}" if gov.kind == "prep" else "direct" if direct else "light" if gov.token == c.light_token else gov.kind
    path = f"{part}:{side}:{link}"
    yield f"path={path}"
    yield f"path={path}:{entry.type}"
    yield f"path={path}:gen={entry.genitive}"
    yield f"path={path}:others={min(others, 2)}"
    yield f"path={path}:verbs={min(verbs, 2)}"
    yield f"path={path}:{kind}"
    if gov.kind == "prep":
        yield f"prep={gov.word}:{part}"
        yield f"prep={gov.word}:{entry.type}"
        yield f"prep={gov.word}:{kind}:{side}"
        yield f"prep={role}:{kind}:{side}:verbs={min(verbs, 1)}"
    yield f"joined={joined}"
    if c.light is not None:
        carried = "|".join(f"{k}={v}" for k, v in c.light.entry.frame.items() if k in ("subj", "obj"))
        yield f"light={carried}:{side}:{link}:{min(others, 1)}"
    path = way(c, ref)
    yield f"way={part}:{path}"
    yield f"way={part}:{entry.genitive}:{path}"
    yield f"way={path}:{entry.type}"
    yield f"way={part}:{path}:{kind}"
    spoken = context.spoken(c, ref.entity.id)
    yield f"spoken={spoken}"
    yield f"spoken={spoken}:{entry.type}"
    if (word := context.headword(ref)) is not None:
        yield f"headword={word}"
        yield f"headword={word}:{entry.type}"
        yield f"headword={word}:{side}:{link}"
    form = s.form(ref.end - 1)
    if ref.first == c.end and form.startswith("ال") and form.endswith(("ي", "يه", "يون", "يين")):
        yield f"adjective:{entry.genitive}:{entry.type}"
    if not c.verbal and c.hit.pronoun:
        yield f"pron:{side}:{link}:gen={entry.genitive}:others={min(others, 1)}"


LONGEST_WAY = 6
"""Signs that stand between a trigger and a mention; what lies farther apart is told by its ends."""
_PRONOUNS = ("ها", "ه", "هم", "هما")


def way(c: Candidate, ref: Ref) -> str:
    """What stands between a trigger and a mention of its sentence, one sign a word; words of open classes leave none."""
    s = c.sentence
    after = ref.first >= c.end
    lo, hi = (c.end, ref.start) if after else (ref.end, c.first)
    signs: list[str] = []
    token = lo
    while token < hi:
        other = s.covered.get(token)
        if other is not None:
            signs.append("M")
            token = max(other.end, token + 1)
            continue
        if sign := _sign(s, token):
            signs.append(sign)
        token += 1
    if ref.clitic:
        signs.append(ref.clitic) if after else signs.insert(0, ref.clitic + "+")
    if len(signs) > LONGEST_WAY:
        signs = [*signs[:2], "~", *signs[-2:]]
    return ("> " if after else "< ") + " ".join(signs)


def gap_of(c: Candidate, ref: Ref) -> str:
    """How many words of open classes stand between a verb and a mention."""
    s = c.sentence
    lo, hi = (c.end, ref.start) if ref.first >= c.end else (ref.end, c.first)
    return str(min(3, sum(not s.kind(t) and t not in s.covered for t in range(lo, hi))))


def agrees(c: Candidate, ref: Ref) -> str:
    """Whether a mention can be the subject of a verb by its gender: yes, no or ? where the forms do not show."""
    code, form = c.hit.code, c.sentence.form(ref.first)
    if "3" not in code:
        return "?"
    feminine = form.endswith(("ه", "ات", "اء")) or ref.entity.type in ("country", "place")
    verb = code[code.index("3") + 1 :][:2]
    if verb in ("ms", "mp", "md"):
        return "no" if feminine and ref.first - c.end <= 1 and ref.entity.type != "person" else "m"
    return "f" if feminine else "fm"


def _sign(s: Sentence, token: int) -> str:
    kind, form = s.kind(token), s.form(token)
    if kind == "prep":
        return bare(form)
    if kind == "verb":
        return "V" + ("+" if form.endswith(_PRONOUNS) else "")
    if kind in ("stop", "pause"):
        return form
    return {"rel": "R", "comp": "C", "neg": "N", "event": "E"}.get(kind, "و" if form == "و" else "")


def when(c: Candidate, time: Time, context: Context) -> Iterator[str]:
    """Features of a time being the time of a candidate."""
    s = c.sentence
    first, end, number = context.time_tokens(time)
    yield "bias"
    yield f"type={time.type}"
    yield f"resolved={time.begin is not None}"
    if number != s.number:
        back = s.number - number
        yield f"far={'title' if context.is_title(s.number) else 'body'}:{max(-2, min(back, 3))}"
        yield f"far:sentences={s.number < 3}:{back == 1 or back == -1}:alone={context.times_in(s.number) == 0}"
        yield f"far:first={context.first_time(number) is time}:{c.entry.type}"
        return
    side = "after" if first >= c.end else "before"
    lo, hi = (c.end, first) if side == "after" else (end, c.first)
    verbs = sum(s.kind(t) == "verb" for t in range(lo, hi))
    events = sum(s.kind(t) == "event" for t in range(lo, hi))
    breaks = sum(s.kind(t) in ("rel", "comp", "stop") for t in range(lo, hi))
    part = "verb" if c.verbal else "noun"
    yield f"side={side}:{part}"
    yield f"gap={side}:{_bucket(hi - lo)}"
    yield f"gap={side}:{part}:{_bucket(hi - lo)}"
    yield f"verbs={side}:{part}:{min(verbs, 2)}"
    yield f"events={side}:{part}:{min(events, 3)}"
    yield f"breaks={side}:{part}:{min(breaks, 2)}"
    yield f"all={side}:{part}:v{min(verbs, 1)}:e{min(events, 1)}:b{min(breaks, 1)}"
    yield f"times={min(context.times_in(s.number), 3)}"
    yield f"type={c.entry.type}:{side}"
    yield f"nearest={context.nearest(c, time)}:{side}"
    yield f"head={c.verbal and c.first - s.first <= 3}:{side}"
    yield f"clausehead={any(s.kind(t) == 'verb' for t in range(s.clause(c.first)[0], c.first))}:{side}:{part}"
    prev = s.form(first - 1)
    if s.kind(first - 1) == "prep":
        yield f"prep={bare(prev)}:{side}"
    yield f"attributed={context.attributed(c)}:{side}:{context.attributed_span(time.span)}"
