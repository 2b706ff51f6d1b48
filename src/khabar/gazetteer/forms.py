"""Written forms by rule: adjectives of origin (nisba) in gender, number and definiteness, and spellings of one name."""

from collections.abc import Iterator

from khabar.script import fold


def nisba(base: str, irregular: list[str]) -> Iterator[tuple[str, str]]:
    """(form, class) of a nisba such as روسي, without article; class is `adj` for one (رو­سي, روسية) and `plural` for people.

    Two-word nisbas (كوري شمالي) bend in both words. The accusative with tanwin (روسيا) is left out: it is often a country's name.
    """
    words = base.split()
    if len(words) == 2:
        first, second = words
        for a, b in ((first, second), (first + "ة", second + "ة")):
            yield f"{a} {b}", "adj"
        for case in ("ون", "ين"):
            yield f"{first}{case} {second}{case}", "plural"
    else:
        yield base, "adj"
        yield base + "ة", "adj"
        yield base + "تين", "adj"
        yield base + "تان", "adj"
        yield base + "ان", "adj"
        for case in ("ون", "ين", "ات"):
            yield base + case, "plural"
    for form in irregular:
        yield form, "plural"
        if form.endswith("ون"):
            yield form[:-2] + "ين", "plural"


def definite(form: str) -> str:
    """A form with its article on each word: كوري شمالي → الكوري الشمالي."""
    return " ".join(w if w.startswith("ال") else "ال" + w for w in form.split())


def spellings(name: str) -> Iterator[str]:
    """Folded spellings of a name: as written, and with the slave of God's name written as one word or as two."""
    key = " ".join(fold(name).replace("-", " ").replace(".", " ").split())
    yield key
    if "عبد ال" in key:
        yield key.replace("عبد ال", "عبدال")
    if " عبدال" in f" {key}" and key != "عبدال":
        yield " ".join("عبد " + w[3:] if w.startswith("عبدال") and len(w) > 6 else w for w in key.split())
