"""Number words with their roles, and the proclitics that may stand before them."""

from typing import NamedTuple

from khabar.lexicon.tables import rows


class Word(NamedTuple):
    """A number word in one token: `at` letters of proclitics, whether و stands among them, a preposition, the article; its roles
    (unit, ten, scale, part …) with their values, and the word itself."""

    at: int
    conj: bool
    prep: bool
    article: bool
    roles: dict[str, int]
    stem: str


HEADS = [
    (conj + prep + article, bool(conj), bool(prep), bool(article))
    for conj in ("", "و", "ف")
    for prep in ("", "ب", "ل", "ك")
    for article in ("", "ال")
    if not (prep == "ل" and article)
] + [("لل", False, True, True), ("ولل", True, True, True), ("فلل", True, True, True)]

# forms that are another word with a clitic than they are a number: لست "I am not", وسط …
_OTHERS = {
    "لست",
    "كست",
    "فست",
    "لثمن",
    "كثمن",
    "وحد",
    "فحد",
    "فاول",
    "لاحد",
    "كاحد",
    "فاحد",
    "وصف",
    "لنص",
    "كنص",
    "بنص",
    "ونص",
    "النص",
}


def _roles() -> dict[str, dict[str, int]]:
    roles: dict[str, dict[str, int]] = {}
    stems: list[tuple[str, int]] = []
    for role, value, forms in rows("numbers"):
        for word in forms.split():
            if role == "teen":  # Egyptian speech has ت and ط side by side
                for spoken in (word, word.replace("ت", "ط"), word.replace("ت", "ط", 1)):
                    roles.setdefault(spoken, {})[role] = int(value)
            elif role == "hundredstem":
                stems.append((word, int(value)))
            else:
                roles.setdefault(word, {})[role] = int(value)
    tens = [f for f, r in roles.items() if "ten" in r]
    hundreds = [f for f, r in roles.items() if "hundred" in r]
    for stem, of in stems:
        for hundred in hundreds:
            roles.setdefault(stem + hundred, {})["hundreds"] = of * 100
    for form, r in list(roles.items()):
        if "unit" in r and form not in ("واحد", "واحده", "واحدا"):
            for ten in tens:
                roles.setdefault(form + ten, {})["teen"] = r["unit"] + 10
    return roles


ROLES = _roles()
"""Roles of every number word in its folded form."""


def _lexicon() -> dict[str, Word]:
    table: dict[str, Word] = {form: Word(0, False, False, False, roles, form) for form, roles in ROLES.items()}
    for head, conj, prep, article in HEADS[1:]:
        for form, roles in ROLES.items():
            joined = head + form
            if joined not in _OTHERS:
                table.setdefault(joined, Word(len(head), conj, prep, article, roles, form))
    return table


LEXICON = _lexicon()
"""Every folded token that is a number word, clitics included."""

HAMZATED = {"ميت", "ميه", "ميتان", "ميتين", "ميتا", "ميتي", "ميات"}
"""Hundreds that folding makes like other words (ميتا, ميتين): they are numbers where the text writes them with hamza (مئتا)."""
