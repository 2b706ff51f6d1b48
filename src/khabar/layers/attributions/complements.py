"""Where what is said begins: the clause, quotation or object that a cue takes, and the words of the speaker before it."""

from typing import NamedTuple

from khabar.layers.attributions.cues import Cue, table
from khabar.layers.attributions.layout import CLOSED, Layout
from khabar.layers.attributions.words import nouns, vocab

COMPLEMENTIZERS = frozenset(
    base + pronoun for base in ("ان", "بان", "فان") for pronoun in ("", "ه", "ها", "هم", "هما", "هن", "نا", "ني")
)
RELATIVE = frozenset(["الذي", "التي", "الذين", "اللذين", "اللذان", "اللتان", "ممن", "والذي", "والتي", "والذين"])
PREPOSITIONS = {"الي": "الي", "علي": "علي", "عن": "عن", "من": "من"}
REACH = 45
"""How many words a speaker with titles and asides may take before the content begins."""


class Complement(NamedTuple):
    """What a cue takes: content begins at token `start` (after `letters` of it), the speaker may stand in [first, end)."""

    kind: str  # that | speech | quote | object | preposition
    start: int
    letters: int
    first: int
    end: int


def complement(layout: Layout, cue: Cue, stop: int) -> Complement | None:
    """What a verb, participle or masdar takes, looked for before token `stop`; None where it reports nothing there."""
    takes, forms = cue.entry.takes, layout.forms
    that = _that(layout, cue, stop) if "that" in takes else None
    speech = _speech(layout, cue, stop) if "speech" in takes else None
    clause = min((c for c in (that, speech) if c), key=lambda c: c.start, default=None)
    if cue.entry.doubtful and clause and _far(layout, cue, clause):
        clause = None
    if clause and clause.kind == "quote" and "object" in takes and table().objects & set(forms[cue.end : clause.start]):
        clause = None  # the quotation is part of what was announced: أعلن إحداث «…»
    preposition = _preposition(layout, cue, stop)
    if "object" in takes and cue.entry.lemma != "قال" and (thing := _thing(layout, cue, stop, clause, preposition)):
        return thing
    if preposition and clause:
        if preposition.kind == "glued" and preposition.start == cue.end and _its(layout, cue.end):
            return preposition
        if clause.start <= preposition.start + 1:
            return clause
        if clause.kind == "quote" and preposition.kind == "word" and clause.start - preposition.start > 8:
            return preposition
        commas = "،" in forms[preposition.start : clause.start] or "," in forms[preposition.start : clause.start]
        if takes[0] != "that":
            return preposition
        return preposition if clause.start - preposition.start <= 5 and not commas and preposition.kind == "word" else clause
    if clause or preposition:
        return clause or preposition
    if "object" in takes and cue.entry.kind not in "od":
        return _object(layout, cue, stop)
    return None


def _thing(layout: Layout, cue: Cue, stop: int, clause: Complement | None, preposition: Complement | None) -> Complement | None:
    """What is announced, where it stands before a clause or preposition of its own: أكد ضرورة أن, أكد حرص البلدين على."""
    first = min((c.start for c in (clause, preposition) if c), default=None)
    if first is None or cue.entry.kind == "o" or (clause and clause.kind != "that" and clause.start <= first):
        return None
    found = _object(layout, cue, stop)
    return found if found and found.start < first - 1 and layout.forms[found.start] in table().objects else None


def _its(layout: Layout, i: int) -> bool:
    """Whether a word is somebody's own: the بوجوده of اعترف بوجوده في المدينة, which is confessed, whatever clause follows."""
    token = layout.text.tokens[i]
    return layout.text.raw[token.end - 1] == "ه" or token.form.endswith(("ها", "هم"))


def _far(layout: Layout, cue: Cue, clause: Complement) -> bool:
    """Whether so much stands between a doubtful verb and a clause that the clause belongs to something else."""
    between = layout.forms[cue.end : clause.end]
    commas = sum(f in "،," for f in between)
    return (commas > 0 and between[-1] not in "،,") or len(between) - 4 * commas > 9


def _that(layout: Layout, cue: Cue, stop: int) -> Complement | None:
    forms = layout.forms
    for j in range(cue.end, min(stop, cue.end + REACH)):
        if forms[j] not in COMPLEMENTIZERS or (j > cue.end and forms[j - 1] in vocab("not_that")):
            continue
        if j + 1 >= len(forms):
            return None
        end = j - 1 if j > cue.end and forms[j - 1] in PREPOSITIONS else j
        return Complement("that", j + 1, 0, cue.end, end)
    return None


def _speech(layout: Layout, cue: Cue, stop: int) -> Complement | None:
    forms = layout.forms
    j = cue.end
    while j < min(stop, cue.end + REACH):
        if forms[j] == ":":
            near = j - cue.end <= 25 and j + 1 < len(forms)
            return Complement("speech", j + 1, 0, cue.end, j) if near else None
        close = layout.quotes.get(j)
        if close is not None:
            if _is_speech(layout, cue, j, close, stop):
                return Complement("quote", j, 0, cue.end, j)
            j = close
        j += 1
    return None


def _is_speech(layout: Layout, cue: Cue, opening: int, closing: int, stop: int) -> bool:
    """Whether a quotation after a cue is what was said, and not a name in quotation marks (قالت "رويترز" إن)."""
    words = closing - opening - 1
    ref = layout.index.at(opening + 1)
    if ref and ref.end >= closing:
        return False
    if opening > 0 and layout.forms[opening - 1] in vocab("named_after"):
        return False
    after = layout.forms[closing + 1] if closing + 1 < len(layout.forms) else "."
    if words >= 5 or (words >= 2 and not {"that", "object"} & set(cue.entry.takes)):
        return True
    return words >= 2 and (after in CLOSED or closing + 1 >= stop) and (opening > cue.end or cue.entry.kind == "p")


def _preposition(layout: Layout, cue: Cue, stop: int) -> Complement | None:
    """The thing said after the preposition that the verb takes (دعا … إلى, طالب … بـ)."""
    forms, asides = layout.forms, table().asides
    wanted = [t for t in cue.entry.takes if t in PREPOSITIONS]
    glued = [t for t in cue.entry.takes if t in ("ب", "ل")]
    if not wanted and not glued:
        return None
    for j in range(cue.end, min(stop, cue.end + (22 if cue.entry.asks else REACH))):
        form = forms[j]
        if form == "مما" and "من" in wanted:
            return Complement("word", j, 0, cue.end, j)
        if form in wanted:
            if forms[j - 1] in vocab("before_preposition"):
                continue
            if j + 1 < len(forms) and forms[j + 1] not in asides[form] and forms[j + 1] not in CLOSED - {'"'}:
                return Complement("word", j + 1, 0, cue.end, j)
        elif form in COMPLEMENTIZERS and form[0] in glued and j + 1 < len(forms):
            return Complement("that", j + 1, 0, cue.end, j)
        elif glued and len(form) > 1 and form[0] in glued and _governs(layout, cue, j):
            return Complement("glued", j, 1 + form.startswith("لل"), cue.end, j)
        elif form in glued and j + 1 < len(forms) and forms[j + 1] == '"':
            return Complement("glued", j + 1, 0, cue.end, j)
    return None


def _governs(layout: Layout, cue: Cue, j: int) -> bool:
    """Whether the ب or ل of a token brings in what is said, and does not belong to the speaker (بمحافظة عدن, للحزب)."""
    form = layout.forms[j]
    if form in table().asides[form[0]] or len(form) < 3:
        return False
    ref = layout.index.at(j)
    if ref and (ref.first < j or not ref.clitic.startswith(form[0])):
        return False  # inside a name, or the letter is the name's own
    if ref and ref.clitic == form[0] and ref.entity.type in ("place", "country"):
        return False
    if form[0] == "ل":
        if form.startswith("لل"):  # دعا للعمل على, and not دعا للجنة
            spoken_to = any(form[2:] in nouns(kind) for kind in ("person", "group", "organization", "document"))
            before = layout.index.at(j - 1)
            return (
                not ref
                and not spoken_to
                and layout.forms[cue.token - 1] not in RELATIVE
                and (j == cue.end or (before is not None and before.end == j))
            )
        return not ref and j > cue.end
    return True


def _object(layout: Layout, cue: Cue, stop: int) -> Complement | None:
    """The object after the speaker: أعلن الجيش انسحاب قواته, أكد أهمية الحوار."""
    forms = layout.forms
    follows = cue.entry.kind == "p" and cue.end < stop and not layout.index.at(cue.end) and layout.forms[cue.end] not in CLOSED
    start = cue.end if follows and _is_thing(layout.forms[cue.end]) else speaker_end(layout, cue.end, stop)
    while start < stop and forms[start] in "،,":
        start += 1
    if start >= stop or forms[start] in CLOSED - {'"', "("} or forms[start] in vocab("not_object"):
        return None
    return Complement("object", start, 0, cue.end, start)


def _is_thing(form: str) -> bool:
    """Whether a word right after a participle begins its object: مؤكدين وقوف الجميع."""
    return not any(
        form in vocab(kind) for kind in ("between", "inside", "skipped", "prepositions", "aside", "adverb", "nobody", "in_it")
    )


def speaker_end(layout: Layout, first: int, stop: int) -> int:
    """Where the noun phrase of the speaker that begins at `first` ends, and what the verb's object is begins."""
    forms, objects, index = layout.forms, table().objects, layout.index
    i, named, adjectives = first, "", 0
    while i < min(stop, first + REACH):
        form = forms[i]
        if form == '"' and i in layout.quotes and (name := index.at(i + 1)) and name.end >= layout.quotes[i]:
            i, named, adjectives = max(layout.quotes[i] + 1, name.end), name.entity.type, 0
            continue
        ref = index.at(i)
        if ref:
            beside = not ref.clitic.startswith("و") and forms[i - 1] not in vocab("links")  # مصدر في وزارة الصحة
            if named == "person" and ref.entity.type != "person" and beside:
                return i
            i, named, adjectives = max(ref.stop, i + 1), ref.entity.type, 0
            continue
        if named and form.startswith("ال") and form not in vocab("between") | vocab("inside"):
            adjectives += 1
            if named == "person" or adjectives > 1 or not form.endswith(("ي", "يه")):
                return i
        if named and form == "من" and index.at(i + 1):  # الحكومة المكلفة من مجلس النواب
            i += 1
            continue
        if form in objects:
            return i
        near = next((k for k in range(i + 1, min(stop, i + 5)) if forms[k] in objects or forms[k] in CLOSED), None)
        if near is not None and forms[near] in objects and not any(index.at(k) for k in range(i, near)):
            return near
        if form in "،,":
            if i + 1 < stop and forms[i + 1] in objects:
                return i + 1
            close = next((k for k in range(i + 1, min(stop, i + 14)) if forms[k] in ("،", ",")), None)
            if close is not None:
                i = close + 1
                if i < stop and (forms[i] in objects or not index.at(i)):
                    return i
                continue
            return i + 1
        if (
            form in vocab("between")
            or form in vocab("inside")
            or (i > first and form.startswith(("ال", "لل", "بال")))
            or i == first
        ):
            i += 1
            continue
        if form == "(":
            i = next((k for k in range(i, min(stop, i + 8)) if forms[k] == ")"), i) + 1
            continue
        if any(index.at(k) for k in range(i + 1, min(i + 4, stop))) and form not in objects and _titled(layout, i, stop):
            i += 1
            continue
        return i
    return i


def _titled(layout: Layout, i: int, stop: int) -> bool:
    """Whether a name of a person follows at once, so that the words before it are a title (رئيس الوزراء فلان)."""
    for k in range(i + 1, min(i + 4, stop)):
        ref = layout.index.at(k)
        if ref:
            return ref.entity.type == "person"
    return False
