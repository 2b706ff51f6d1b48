"""The medium of what is said (في بيان, عبر فيسبوك) and who carried it (لوكالة فلان)."""

from khabar.layers.attributions.layout import Layout
from khabar.layers.attributions.words import bare, nouns, vocab
from khabar.layers.entities import Ref


def channel_in(layout: Layout, first: int, end: int) -> str | None:
    """The medium named in tokens [first, end): a platform as it is called, else a document with its adjective."""
    forms, text = layout.forms, layout.text
    document: str | None = None
    for i in range(first, end):
        form = forms[i]
        if form in nouns("platform"):
            return text.quote(text.token_span(i, i + 1))
        if document is None and (form in vocab("through") or form in ("ببيان", "بتصريح")) and i + 1 < end:
            at = i + (form in vocab("through"))
            noun = forms[at]
            bare = noun[2:] if noun.startswith("ال") else noun
            if bare in nouns("document") or (noun[0] == "ب" and noun[1:] in nouns("document")):
                last = at + 1
                while last < end and forms[last].removeprefix("ال") in nouns("channel_adjective"):
                    last += 1
                span = text.token_span(at, last)
                document = text.quote((span[0] + (noun[0] == "ب" and noun not in nouns("document") and bare == noun), span[1]))
    return document


def carrier_in(layout: Layout, first: int, end: int, sources: list[str]) -> str | None:
    """Who carried a speaker's words: a medium that was spoken to (لوكالة فلان, مع قناة فلان) or that published them."""
    for ref in layout.index.outermost(first, end):
        if ref.entity.type in ("organization", "group") and ref.entity.id not in sources and _carries(layout, first, ref):
            return ref.entity.id
    return None


def _carries(layout: Layout, first: int, ref: Ref) -> bool:
    forms, at = layout.forms, ref.start
    if any(f in vocab("published") for f in forms[max(first, at - 3) : at]):
        return True
    if ref.entity.type != "organization":
        return False
    lead = forms[at - 1] if at > first else ""
    glued = ref.clitic.endswith("ل") or ref.clitic == "لل" or lead == "ل"
    if lead == '"' and at - 2 >= first and _to_medium(forms[at - 2]):
        return True
    if lead == "مع" and not any(f in vocab("spoken") for f in forms[max(first, at - 4) : at]):
        return False
    if _to_medium(lead) and lead not in nouns("medium"):
        return True
    if not glued:
        return False
    if forms[ref.first][len(ref.clitic) :].removeprefix("ال") in nouns("medium") or lead.removeprefix("ال") in vocab("spoken"):
        return True
    before = layout.index.before(at, first)
    if before and before.entity.type == "person" and at - before.end <= 1:
        return True
    return bare(forms[first]) in nouns("group") and at - first <= 3


def _to_medium(form: str) -> bool:
    """Whether a word says "to the agency" or "with": لوكالة, لصحيفة, مع."""
    return form in ("ل", "مع") or (form.startswith("ل") and form.lstrip("ل").removeprefix("ال") in nouns("medium"))
