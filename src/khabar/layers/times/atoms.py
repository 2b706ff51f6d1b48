"""A text as atoms: each token's part in a temporal expression, and each sentence as a string of letters for the grammar."""

from khabar.layers.amounts.words import LEXICON
from khabar.layers.times.numerals import digits, in_words
from khabar.layers.times.vocabulary import OTHER, REST, VOCABULARY, Atom, code
from khabar.script import Text

_NONE = Atom("other")


_HAMZATED = ("اب", "واب", "ليلا")
"""آب, which folding makes like the town of إب and like أب (father), and ليلا, which it makes like لئلا (lest)."""


def _hamza_below_or_above(text: Text, token: int) -> bool:
    start, end, _ = text.tokens[token]
    return any(letter in "إأئ" for letter in text.raw[start:end])


class Atoms:
    """`of[i]` is the atom of token i. `letters` has two characters a token: its glue, and its kind."""

    def __init__(self, text: Text) -> None:
        forms = [token.form for token in text.tokens]
        first, n = VOCABULARY.first, len(forms)
        of = [_NONE] * n
        letters = ["-", OTHER] * n
        ends = [end for _, end in text.sentences]
        sentence, end = 0, ends[0] if ends else 0
        i = 0
        known = [first.get(form) for form in forms]
        while i < n:
            if i >= end:
                sentence += 1
                end = ends[sentence]
            form = forms[i]
            phrases = known[i]
            size, atom = 1, None
            if phrases is not None:
                for rest, candidate in phrases:
                    if not rest:
                        atom = candidate
                        break
                    if i + len(rest) < end and tuple(forms[i + 1 : i + 1 + len(rest)]) == rest:
                        size, atom = 1 + len(rest), candidate
                        break
            if (atom is None or atom.kind == "bareWeekday") and form in LEXICON:
                if (found := in_words(forms, i, end)) and (atom is None or found[0] > 1):
                    size, atom = found
            elif atom is None and form[0].isdecimal():
                atom = digits(form)
                if i + 1 < end and forms[i + 1] in LEXICON and (found := in_words(forms, i, end)) and found[0] > 1:
                    size, atom = found
            if atom is not None and form in _HAMZATED and _hamza_below_or_above(text, i):
                atom = None
            if atom is None:
                i += 1
                continue
            of[i] = atom
            letters[2 * i] = atom.glue
            letters[2 * i + 1] = code(atom.kind)
            for k in range(i + 1, i + size):
                letters[2 * k + 1] = REST
            i += size
        self.of = of
        self.forms = forms
        self.letters = "".join(letters)

    def kind_before(self, token: int) -> str:
        """Kind of the atom that ends before a token; `other` where there is none."""
        i = token - 1
        while i > 0 and self.letters[2 * i + 1] == REST:
            i -= 1
        return self.of[i].kind if i >= 0 else "other"
