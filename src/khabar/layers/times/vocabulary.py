"""The calendar's words as atoms: what part a token can play in a temporal expression, and its value.

The words come from `lexicon/calendar.yaml`. Each kind of atom has a letter of its own, so that a sentence becomes a string of
letters on which the grammar's regular expressions run (see `grammar`). A word is looked up by its whole form, clitics included:
the forms with clitics are made once, here.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from khabar.lexicon import load
from khabar.script import fold


class Atom(NamedTuple):
    """What a token is. `kind` names it (see `code`), `value` is its meaning, `cut` the letters of the form that are clitics and
    stay outside, `glue` which clitic that is: `-` none, `w` conjunction, `b`, `l`, `k`, `s`; `the` whether it has the article."""

    kind: str
    value: Any = None
    cut: int = 0
    glue: str = "-"
    the: bool = False


class Phrase(NamedTuple):
    """The words that have to follow, and the atom of all of them together."""

    rest: tuple[str, ...]
    atom: Atom


OTHER = "."
"""Letter of a token that is no atom."""
_codes: dict[str, str] = {"other": OTHER}


def code(kind: str) -> str:
    """The letter that stands for a kind of atom in the grammar's strings."""
    return _codes.setdefault(kind, chr(0x4E00 + len(_codes)))


REST = "+"
"""Letter of a token that belongs to the atom before it."""

_CONJUNCTIONS = ("", "و", "ف")
_PREPOSITIONS = ("", "ب", "ل", "ك")


def _clitics(word: str, article: bool) -> Iterator[tuple[str, int, str, bool]]:
    """Forms of a folded word: (form, letters of clitics, glue, has the article). With `article`, forms with ال too."""
    for conjunction in _CONJUNCTIONS:
        for preposition in _PREPOSITIONS:
            cut = len(conjunction + preposition)
            glue = "w" if conjunction else {"": "-", "ب": "b", "ل": "l", "ك": "k"}[preposition]
            if word.startswith("ال") and preposition == "ل":
                yield conjunction + "لل" + word[2:], cut + 1, glue, True
                continue
            yield conjunction + preposition + word, cut, glue, word.startswith("ال")
            if article and not word.startswith("ال"):
                if preposition == "ل":
                    yield conjunction + "لل" + word, cut + 1, glue, True
                else:
                    yield conjunction + preposition + "ال" + word, cut, glue, True


class Vocabulary:
    """All atoms by form. `first[form]` lists the phrases that can start with a form, longest first."""

    def __init__(self, calendar: dict[str, Any]) -> None:
        self._found: dict[str, dict[tuple[str, ...], tuple[int, Atom]]] = {}
        self._calendar = calendar
        self._read()
        self.first: dict[str, tuple[Phrase, ...]] = {
            form: tuple(
                Phrase(rest, atom) for rest, (_, atom) in sorted(by_rest.items(), key=lambda item: (-len(item[0]), item[0]))
            )
            for form, by_rest in self._found.items()
        }

    def add(self, kind: str, value: Any, words: Iterable[str], *, article: bool = False, clitics: str = "وفبلك") -> None:
        """Enter words (in any spelling) as atoms of a kind; `article`: also with ال; `clitics`: those allowed for."""
        for word in words:
            head, *rest = fold(word).split()
            for form, cut, glue, the in _clitics(head, article):
                if any(letter not in clitics for letter in form[:cut].removesuffix("ل" if form.startswith("لل") else "")):
                    continue
                atom = Atom(kind, value, cut, glue, the)
                # a word as it stands goes before one that is found by taking clitics off; else what was entered first stays
                known = self._found.setdefault(form, {}).get(tuple(rest))
                if known is None or cut < known[0]:
                    self._found[form][tuple(rest)] = (cut, atom)

    def _read(self) -> None:
        c = self._calendar
        for kind, words in c["words"].items():
            self.add(kind, None, words)
        for number, names in c["months"].items():
            sure = [n for n in names if n not in c["doubtful_months"]]
            self.add("month", int(number), sure)
            doubtful = [n for n in names if n in c["doubtful_months"]]
            self.add("maybeMonth", int(number), doubtful, clitics="و")
        for head, ordinals in c["paired_months"].items():
            for ordinal, number in ordinals.items():
                self.add("month", number, [f"{head} {form}" for form in _ORDINALS[int(ordinal)]])
        for number, names in c["hijri_months"].items():
            self.add("hijriMonth", int(number), names)
        for head, seconds in c["paired_hijri_months"].items():
            for second, number in seconds.items():
                for form in _ORDINALS[int(second)] if second.isdigit() else (second,):
                    self.add("hijriMonth", number, [f"{head} {form}"])
        for number, names in c["weekdays"].items():
            self.add("weekday", int(number), names)
            self.add("bareWeekday", int(number), [n.removeprefix("ال") for n in names], clitics="")
        for shift, phrases in c["days"].items():
            self.add("today" if int(shift) == 0 else "daysOff", int(shift), phrases)
        for letter, forms in c["units"].items():
            for count in ("one", "two", "many"):
                self.add(letter + count, letter, forms[count])
                if letter + count != "TSone":  # الثانية is the second of an order
                    self.add(letter + count + "The", letter, [("ال" + fold(w)) for w in forms[count] if fold(w)[-1] != "ا"])
        for shift, words in c["which"].items():
            self.add("which", int(shift), words)
        for shift, words in c["prior"].items():
            self.add("prior", int(shift), words)
        for shift, words in c["which_bare"].items():
            self.add("whichBare", int(shift), words, clitics="")
        self.add("recent", None, c["recent"])
        self.add("this", 0, c["this"])
        for letter, part in c["parts"].items():
            self.add("part", letter, part["bare"], article=True)
            self.add("partAdverb", letter, part["adverb"])
        for number, words in c["seasons"].items():
            self.add("season", int(number), words, article=True)
        for number, names in c["libyan_months"].items():
            self.add("libyanMonth", int(number), names)
        for name, words in c["edges"].items():
            self.add("edge", name, words)
        for feast in c["feasts"]:
            rule = (feast["calendar"], feast.get("month"), feast["day"], feast["days"])
            self.add("feast", rule, feast["names"])
        for year, words in c["decades"].items():
            self.add("decade", int(year), words)
        for value, words in c["sets"].items():
            self.add("set", value, words)
        for hours, words in c["zones"].items():
            self.add("zone", int(hours), words)


_ORDINALS = {1: ("الأول", "اول", "الأولى", "أولى"), 2: ("الثاني", "ثاني", "الثانية", "ثانية", "الآخر", "الآخرة")}

VOCABULARY = Vocabulary(load("calendar"))
