"""Pairs of Arabic and Latin names, and their alignment letter by letter: what `python -m training.letters` learns from.

Pairs of Google's transliteration data and of Wikidata's name tokens (netrans) are aligned by expectation maximisation, each
Arabic letter with no to four Latin ones (after Jiampojamarn et al., Applying many-to-many alignments, 2007, with one letter on
the Arabic side). Words whose form several sources agree on are listed in `generated/latin_words.tsv`, which
`python -m khabar.gazetteer latin SHARED` writes. A held-out token is in neither, so that it can measure what was learnt.
"""

import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from khabar.gazetteer.build import GENERATED
from khabar.gazetteer.latin import plain

_MOST = 4
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
    """Write the list of known words."""
    known = dict(sorted(pairs(shared / "names").items()))
    GENERATED.joinpath("latin_words.tsv").write_text("".join(_words(known)), encoding="utf-8")


def _words(known: dict[str, Counter[str]]) -> Iterator[str]:
    """The usual Latin form of each Arabic token that several sources agree on."""
    for arabic, forms in known.items():
        latin, n = min(forms.items(), key=lambda f: (-f[1], f[0]))
        if n >= 3 and not held_out(arabic):
            yield f"{arabic}\t{latin}\n"


def align(data: list[tuple[str, str, float]], rounds: int) -> dict[tuple[str, str], float]:
    """How likely a letter is each chunk, of (Arabic, Latin, weight), by rounds of expectation maximisation."""
    chances: dict[tuple[str, str], float] = {}
    for _ in range(rounds):
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


def best(arabic: str, latin: str, chances: dict[tuple[str, str], float]) -> list[str]:
    """The likeliest chunk of each Arabic letter; empty where the pair is no transliteration."""
    n, m = len(arabic), len(latin)
    table: list[dict[int, tuple[float, int]]] = [{0: (1.0, 0)}]
    for i in range(n):
        row: dict[int, tuple[float, int]] = {}
        for j, (p, _) in table[i].items():
            for k in range(min(_MOST, m - j) + 1):
                q = p * _chance(arabic[i], latin[j : j + k], chances)
                if q > row.get(j + k, (0.0, 0))[0]:
                    row[j + k] = (q, k)
        table.append(row)
    if m not in table[n] or table[n][m][0] < 1e-6**n:
        return []
    chunks: list[str] = []
    j = m
    for i in range(n, 0, -1):
        k = table[i][j][1]
        chunks.append(latin[j - k : j])
        j -= k
    return chunks[::-1]
