"""Learns how Arabic letters are written in Latin ones, into `generated/latin.tsv`: `python -m khabar.gazetteer latin SHARED`.

Pairs of Google's transliteration data and of Wikidata's name tokens (netrans) are aligned letter by letter by expectation
maximisation, each Arabic letter with no to four Latin ones (after Jiampojamarn et al., Applying many-to-many alignments, 2007,
with one letter on the Arabic side). What a letter becomes is then counted in contexts from wide to narrow; contexts that
say nothing new are left out. A token in HELD_OUT is kept from the counts, so that it can measure them.
"""

import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from khabar.gazetteer.build import GENERATED
from khabar.gazetteer.latin import contexts, plain

_MOST = 4
_ROUNDS = 5
_VOWELS = tuple("aeiou")
_HEARD_AS_VOWEL = frozenset("اأإآعيوىةئؤءه")


def held_out(token: str) -> bool:
    """Whether a token is kept from learning."""
    return zlib.crc32(token.encode()) % 97 == 0


def pairs(folder: Path) -> dict[str, Counter[str]]:
    """Arabic token → its Latin forms with their weights."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for line in (folder / "google_ar2en_train.txt").read_text(encoding="utf-8").splitlines():
        arabic, latin = line.split("\t")[:2]
        found[plain(arabic)][ascii_of(latin)] += 3
    for line in (folder / "netrans_wd_arabic.tsv").read_text(encoding="utf-8").splitlines():
        latin, arabic, times = line.split("\t")
        found[plain(arabic.replace(" ", ""))][ascii_of(latin)] += int(times)
    kept: dict[str, Counter[str]] = {}
    for arabic, forms in found.items():
        good = Counter({latin: n for latin, n in forms.items() if latin.isascii() and latin.isalpha()})
        if good and len(arabic) > 2 and arabic.isalpha():
            kept[arabic] = good
    return kept


def ascii_of(latin: str) -> str:
    """A Latin form in lower-case ASCII."""
    bare = "".join(c for c in unicodedata.normalize("NFD", latin.lower()) if not unicodedata.combining(c))
    for written, read in (
        ("ø", "o"),
        ("ł", "l"),
        ("đ", "d"),
        ("ß", "ss"),
        ("æ", "ae"),
        ("ı", "i"),
        ("'", ""),
        ("’", ""),
        ("ʿ", ""),
    ):
        bare = bare.replace(written, read)
    return bare


_WRITTEN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "ı": "i", "'": None, "’": None, "ʿ": None})


def learn(shared: Path) -> None:
    """Write the table."""
    known = dict(sorted(pairs(shared / "names").items()))
    GENERATED.joinpath("latin_words.tsv").write_text("".join(_words(known)), encoding="utf-8")
    data = [
        (arabic, latin, n / sum(forms.values()) * min(2.0, 0.3 + sum(forms.values()) / 6))
        for arabic, forms in known.items()
        if not held_out(arabic)
        for latin, n in sorted(forms.items(), key=lambda f: (-f[1], f[0]))[:3]
    ]
    chances = _align(data)
    counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for arabic, latin, weight in data:
        chunks = _best(arabic, latin, chances)
        if chunks:
            before = "^"
            for i, chunk in enumerate(chunks):
                for context in contexts(arabic, i, before):
                    counts[context][chunk] += weight
                before = chunk
    GENERATED.joinpath("latin.tsv").write_text("".join(_lines(counts)), encoding="utf-8")


def _words(known: dict[str, Counter[str]]) -> Iterator[str]:
    """The usual Latin form of each Arabic token that several sources agree on."""
    for arabic, forms in known.items():
        latin, n = min(forms.items(), key=lambda f: (-f[1], f[0]))
        if n >= 3 and not held_out(arabic):
            yield f"{arabic}\t{latin}\n"


def _lines(counts: dict[str, dict[str, float]]) -> Iterator[str]:
    for context in sorted(counts):
        seen = counts[context]
        total = sum(seen.values())
        if total < 1.5 and len(context) > 4:
            continue
        kept = [
            (chunk, n) for chunk, n in sorted(seen.items(), key=lambda c: (-c[1], c[0]))[:4] if n >= 0.08 * total and n >= 0.2
        ]
        if kept:
            yield f"{context}\t{total:.1f}\t" + " ".join(f"{chunk or '-'}:{n / total:.2f}" for chunk, n in kept) + "\n"


def _align(data: list[tuple[str, str, float]]) -> dict[tuple[str, str], float]:
    """How likely a letter is each chunk."""
    chances: dict[tuple[str, str], float] = {}
    for _ in range(_ROUNDS):
        sums: dict[tuple[str, str], float] = defaultdict(float)
        for arabic, latin, weight in data:
            _expect(arabic, latin, weight, chances, sums)
        totals: dict[str, float] = defaultdict(float)
        for (letter, _chunk), n in sums.items():
            totals[letter] += n
        chances = {key: n / totals[key[0]] for key, n in sums.items() if n / totals[key[0]] > 1e-5}
    return chances


def _chance(letter: str, chunk: str, chances: dict[tuple[str, str], float]) -> float:
    if chunk[:1] in _VOWELS and letter not in _HEARD_AS_VOWEL:
        return 0.0  # a short vowel goes with the consonant before it
    if not chances:
        return (0.1, 1.0, 0.4, 0.1, 0.02)[len(chunk)]
    return chances.get((letter, chunk), 1e-7)


def _expect(
    arabic: str, latin: str, weight: float, chances: dict[tuple[str, str], float], sums: dict[tuple[str, str], float]
) -> None:
    n, m = len(arabic), len(latin)
    forward = [[0.0] * (m + 1) for _ in range(n + 1)]
    forward[0][0] = 1.0
    for i in range(n):
        for j in range(m + 1):
            if f := forward[i][j]:
                for k in range(min(_MOST, m - j) + 1):
                    forward[i + 1][j + k] += f * _chance(arabic[i], latin[j : j + k], chances)
    total = forward[n][m]
    if total <= 0:
        return
    back = [0.0] * (m + 1)
    back[m] = 1.0
    for i in range(n - 1, -1, -1):
        now = [0.0] * (m + 1)
        for j in range(m + 1):
            for k in range(min(_MOST, m - j) + 1):
                if b := back[j + k]:
                    p = _chance(arabic[i], latin[j : j + k], chances) * b
                    now[j] += p
                    if f := forward[i][j]:
                        sums[arabic[i], latin[j : j + k]] += weight * f * p / total
        back = now


def _best(arabic: str, latin: str, chances: dict[tuple[str, str], float]) -> list[str]:
    n, m = len(arabic), len(latin)
    best: list[dict[int, tuple[float, int]]] = [{0: (1.0, 0)}]
    for i in range(n):
        row: dict[int, tuple[float, int]] = {}
        for j, (p, _) in best[i].items():
            for k in range(min(_MOST, m - j) + 1):
                q = p * _chance(arabic[i], latin[j : j + k], chances)
                if q > row.get(j + k, (0.0, 0))[0]:
                    row[j + k] = (q, k)
        best.append(row)
    if m not in best[n] or best[n][m][0] < 1e-6**n:
        return []
    chunks: list[str] = []
    j = m
    for i in range(n, 0, -1):
        k = best[i][j][1]
        chunks.append(latin[j - k : j])
        j -= k
    return chunks[::-1]
