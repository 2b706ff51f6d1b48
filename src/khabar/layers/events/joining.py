"""Triggers that name one happening brought together: title and lead, verb and definite noun, verb and its masdar."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from khabar.layers.events.reading import Reading
from khabar.layers.events.weights import Weights, probability, total


def pair(a: Reading, b: Reading) -> Iterator[str]:
    """Features of two triggers of one type naming one event; `a` stands before `b`."""
    x, y = a.candidate, b.candidate
    kind = x.entry.type
    yield "bias"
    yield f"type={kind}"
    same_mode = x.entry.mode == y.entry.mode
    same_key = x.entry.key == y.entry.key
    yield f"mode={same_mode}"
    yield f"key={same_key}"
    yield f"mode={same_mode}:{kind}"
    apart = y.sentence.number - x.sentence.number
    near = "same" if not apart else "next" if apart == 1 else "near" if apart < 4 else "far"
    title = a.context.is_title(x.sentence.number)
    yield f"apart={near}:{title}"
    yield f"apart={near}:mode={same_mode}"
    yield f"apart={near}:{kind}"
    if not apart:
        gap = y.first - x.end
        yield f"gap={'0' if gap <= 0 else '1' if gap <= 2 else '2' if gap <= 6 else '3'}:{x.verbal}:{y.verbal}"
        yield f"light={y.light is not None and y.light_token == x.first}"
    shape = f"{'v' if x.verbal else 'n'}{'v' if y.verbal else 'n'}"
    yield f"shape={shape}:{near}:{same_key}"
    yield f"definite={y.hit.article or bool(y.hit.pronoun)}:{'L' in y.hit.code}:{'L' in x.hit.code}"
    yield f"definite={y.hit.article or bool(y.hit.pronoun)}:{same_mode}"
    for name, p, q in zip(("actor", "recipient", "place"), a.tops, b.tops, strict=True):
        how = "none" if not p and not q else "half" if not p or not q else "same" if p & q else "clash"
        yield f"{name}={how}"
        yield f"{name}={how}:{kind}"
        yield f"{name}={how}:{near}"
    crossed = a.tops[0] & b.tops[1] or a.tops[1] & b.tops[0]
    yield f"crossed={bool(crossed)}"
    s, t = a.when, b.when
    how = "none" if not s and not t else "half" if not s or not t else "same" if (s.begin, s.end) == (t.begin, t.end) else "clash"
    yield f"when={how}"
    yield f"when={how}:{near}"
    yield f"status={a.status == b.status}:{a.status}"


def join(readings: Sequence[Reading], weights: Weights) -> list[list[Reading]]:
    """Readings grouped into events: the surest pair first, then group by group while the average over the pairs holds."""
    groups: list[list[Reading]] = []
    for kind in dict.fromkeys(r.candidate.entry.type for r in readings):
        groups.extend(_cluster([r for r in readings if r.candidate.entry.type == kind], weights))
    groups.sort(key=lambda g: g[0].candidate.first)
    return groups


def _cluster(readings: list[Reading], weights: Weights) -> list[list[Reading]]:
    n = len(readings)
    if n == 1:
        return [readings]
    odds: dict[tuple[int, int], float] = {
        (i, j): probability(total(weights.same, pair(readings[i], readings[j]))) for i, j in combinations(range(n), 2)
    }
    threshold = weights.thresholds["same"]
    groups: list[list[int]] = [[i] for i in range(n)]
    while len(groups) > 1:
        best, where = threshold, None
        for p, q in combinations(range(len(groups)), 2):
            pairs = [odds[min(i, j), max(i, j)] for i in groups[p] for j in groups[q]]
            mean = sum(pairs) / len(pairs)
            if mean > best:
                best, where = mean, (p, q)
        if where is None:
            break
        p, q = where
        groups[p] = sorted(groups[p] + groups.pop(q))
    return [[readings[i] for i in g] for g in groups]
