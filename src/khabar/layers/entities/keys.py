"""What mentions of one thing have in common: folded tokens of names, skeletons of foreign spellings, bare forms of groups."""

from functools import lru_cache

from khabar.script import fold

_SKELETON = str.maketrans(
    {
        "ا": None,
        "و": None,
        "ي": None,
        "ه": None,
        "ع": None,
        "ء": None,
        "غ": "ج",
        "ق": "ك",
        "ص": "س",
        "ث": "س",
        "ز": "س",
        "ذ": "د",
        "ظ": "ز",
        "ط": "ت",
        "ض": "د",
        "ف": "ف",
        "ڤ": "ف",
        "پ": "ب",
        "چ": "ش",
    }
)
_QUOTES = str.maketrans(dict.fromkeys("\"'()[]،,.-_#", " "))


@lru_cache(maxsize=1 << 14)
def tokens(name: str) -> tuple[str, ...]:
    """Folded words of a name, without articles; عبد joined to what it serves."""
    found: list[str] = []
    for word in fold(name).translate(_QUOTES).split():
        bare = word[2:] if word.startswith("ال") and len(word) > 4 else word
        if found and found[-1] == "عبد":
            found[-1] = "عبد" + bare
        elif word.startswith("عبدال") and len(word) > 6:
            found.append("عبد" + word[5:])
        else:
            found.append(bare)
    return tuple(found)


@lru_cache(maxsize=1 << 14)
def skeleton(word: str) -> str:
    """A word without its vowels' letters, near consonants written alike: what spellings of a foreign name share."""
    kept = word[1:].translate(_SKELETON)
    first = word[:1].translate(_SKELETON) or "ا"
    squeezed = first
    for c in kept:
        if c != squeezed[-1]:
            squeezed += c
    return squeezed


_NUMBERS = {
    form: str(3 + n // 2)
    for n, form in enumerate(fold("ثلاثة ثلاث أربعة أربع خمسة خمس ستة ست سبعة سبع ثمانية ثماني تسعة تسع عشرة عشر").split())
}
_COUNTS = frozenset(_NUMBERS)
_POWERS = {fold(form): fold(power) for form, power in
           (("ألف", "ألف"), ("ألفا", "ألف"), ("آلاف", "ألف"), ("مليون", "مليون"), ("ملايين", "مليون"))}  # fmt: skip
_MEN = frozenset(fold("رجال أفراد عناصر").split())


@lru_cache(maxsize=1 << 14)
def gathered(phrase: str) -> str:
    """What mentions of one group share: `group` without number words; the men of a force are its men, whatever they are called
    (رجال الشرطة, عناصر الشرطة)."""
    words = [word for word in group(phrase).split() if word not in _COUNTS] or group(phrase).split()
    if len(words) > 1 and words[0] in _MEN:
        words[0] = "*"
    return " ".join(words)


@lru_cache(maxsize=1 << 14)
def count(phrase: str) -> str:
    """The number that a group's phrase begins with, however it is written (5 أشخاص, خمسة أشخاص; 17 ألف شخص); empty without one.

    Groups of different numbers are different people, whatever noun they share.
    """
    said = []
    for word in fold(phrase).split():
        if not (number := word if word.isdigit() else _NUMBERS.get(word) or _POWERS.get(word)):
            break
        said.append(number)
    return " ".join(said)


@lru_cache(maxsize=1 << 14)
def group(phrase: str) -> str:
    """A group's phrase without article, case and number word: المتظاهرون, متظاهرين → متظاهر."""
    words = []
    for word in tokens(phrase):
        if word.isdigit():
            continue
        if len(word) > 5 and word.endswith(("وهم", "يهم", "وها", "يها", "وه", "يه")) and not word.endswith("يه"):
            word = word[:-3] + word[-2:]
        elif len(word) > 4 and word.endswith(("ون", "ين", "ان")):
            word = word[:-2]
        elif len(word) > 3 and word.endswith("ا"):
            word = word[:-1]
        words.append(word)
    return " ".join(words)
