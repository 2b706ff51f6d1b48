"""Latin forms of Arabic names: placeholder rules, letter by letter."""

from khabar.script import fold

_LETTERS = {
    "ا": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "س": "s",
    "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m",
    "ن": "n", "ه": "h", "و": "u", "ي": "i", "ء": "",
}  # fmt: skip


def latin(name: str) -> str:
    """A Latin form of an Arabic name."""
    words = []
    for word in fold(name).split():
        article = word.startswith("ال") and len(word) > 3
        letters = "".join(_LETTERS.get(c, c) for c in (word[2:] if article else word))
        words.append(("al-" if article else "") + letters.capitalize())
    return " ".join(words)
