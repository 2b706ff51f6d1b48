"""The medium of what is said (في بيان, عبر فيسبوك) and who carried it (لوكالة فلان)."""

from khabar.layers.attributions.layout import Layout
from khabar.layers.attributions.words import nouns, vocab


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
    """Whom a speaker spoke to, where that is a medium: "لوكالة فلان", "في تصريح لصحيفة فلان", "مع قناة فلان"."""
    forms = layout.forms
    for ref in layout.index.outermost(first, end):
        if ref.entity.type != "organization" or ref.entity.id in sources:
            continue
        at = ref.start
        lead = forms[at - 1] if at > first else ""
        glued = ref.clitic.endswith("ل") or ref.clitic == "لل"
        medium = lead.removeprefix("لل").removeprefix("ل").removeprefix("ال") in nouns("medium") and lead not in nouns("medium")
        quoted = (
            lead == '"'
            and at - 2 >= first
            and (forms[at - 2] in ("ل", "مع") or (forms[at - 2].startswith("ل") and forms[at - 2].lstrip("ل") in nouns("medium")))
        )
        after = glued and at - 1 >= first and lead.removeprefix("ال") in vocab("spoken")
        named = forms[ref.first][len(ref.clitic) :].removeprefix("ال") in nouns("medium") and glued
        person = glued and any(r.entity.type == "person" and r.end <= at for r in layout.index.within(first, at))
        if medium or quoted or after or named or person:
            return ref.entity.id
    return None
