"""Nouns that take up somebody named before: الوزارة, المصدر ذاته, الرئيس المصري, الوزيران."""

from collections.abc import Iterable

from khabar.layers.attributions.complements import RELATIVE
from khabar.layers.attributions.layout import CLOSED
from khabar.layers.attributions.memory import Memory, Voice
from khabar.layers.attributions.words import bare, nouns, unjoined, vocab
from khabar.layers.entities import Ref
from khabar.record import Entity
from khabar.script import fold


class Anaphora(Memory):
    """Whom a definite noun means."""

    _titled: list[tuple[Ref, frozenset[str]]] | None = None

    def _noun(self, i: int) -> str:
        """The noun of a token without its article, nor a ل that is no letter of its own."""
        noun = bare(unjoined(self.layout.forms[i]))
        if noun.startswith("ل") and any(noun[1:] in nouns(kind) for kind in ("document", "person", "group", "organization")):
            return noun[1:]
        return noun

    def titled(self, first: int, end: int) -> Voice | None:
        """The person whose name stands elsewhere with the same title (الرئيس المصري, where الرئيس المصري فلان is named)."""
        forms = self.layout.forms
        wanted: list[str] = []
        for form in forms[first:end]:
            if form in CLOSED or form in vocab("links") or len(wanted) == 4:
                break
            if form not in vocab("self"):
                wanted.append(bare(form))
        if not wanted:
            return None
        best: tuple[int, int, str] | None = None
        for ref, title in self._titles():
            if wanted[0] not in title:
                continue
            common = sum(w in title for w in wanted)
            if common == 1 and ref.first >= end and self.layout.text.sentence_of(first) > 0:
                continue  # named only later: "the player" of one sentence is not whoever plays in another
            if common < min(2, len(wanted)) and len(title) > 1:
                continue
            rank = (common, -abs(ref.first - first), ref.entity.id)
            best = rank if best is None or rank > best else best
        if best:
            return Voice([best[2]], sure=False)
        for entity in self.entities:
            if entity.type == "person" and any(_covers(fold(role).split(), wanted) for role in entity.roles):
                return Voice([entity.id], sure=False)
        return None

    def _titles(self) -> list[tuple[Ref, frozenset[str]]]:
        """Named persons with the words of the title before their name, or after it in apposition."""
        if self._titled is None:
            forms = self.layout.forms
            self._titled = []
            for ref in self.layout.index.refs:
                if ref.entity.type != "person" or not self.named(ref.entity):
                    continue
                words = []
                i = ref.first - 1
                while i >= 0 and ref.first - i <= 7 and (forms[i] not in CLOSED or (forms[i] in "،," and i == ref.first - 1)):
                    if forms[i] in RELATIVE or forms[i] in vocab("prepositions"):
                        break
                    words.append(bare(unjoined(forms[i])))
                    if words[-1] in vocab("rank"):
                        break
                    i -= 1
                if ref.end < len(forms) and forms[ref.end] in "،,":
                    i = ref.end + 1
                    while i < len(forms) and i < ref.end + 7 and forms[i] not in CLOSED and forms[i] not in RELATIVE:
                        words.append(bare(unjoined(forms[i])))
                        i += 1
                if words:
                    self._titled.append((ref, frozenset(words)))
        return self._titled

    def anaphor(self, first: int, end: int, agreement: str, loose: bool = True) -> Voice | None:
        """Whom a noun with the article takes up: الوزارة, المصدر, المتحدث ذاته.

        Somebody whom the text called so; with `loose`, else the last voice that such a noun can stand for.
        """
        form, noun = self.layout.forms[first], self._noun(first)
        if noun in vocab("pairs"):
            two = (Voice(v.sources, many=True, sure=False) for v in reversed(self.memory) if len(v.sources) > 1)
            return next(two, None) or self._two(first)
        if noun == "مصدر" and first + 1 < end and self.layout.forms[first + 1] in vocab("self"):
            return next((v.again() for v in reversed(self.memory) if not v.nested), None)
        if noun.startswith("مراسل"):
            noun = "مراسل"
        for voice in reversed(self.memory):
            if noun in voice.words and voice.sources:
                return Voice(voice.sources, via=voice.via, sure=False)
        if (noun in nouns("organization") or noun in nouns("group")) and (entity := self._called(noun, first)):
            return Voice([entity.id], sure=False)
        if not loose:
            return None
        person = noun in nouns("person") or noun in vocab("generic") or form in vocab("honour")
        kinds = ("person",) if person else ("organization", "group", "country")
        for voice in reversed(self.memory):
            if voice.sources and self.by_id[voice.sources[0]].type in kinds and self._agrees(voice, agreement):
                return Voice(voice.sources, via=voice.via, sure=False)
        return None

    def _spoken(self, first: int, end: int) -> Voice | None:
        """Who spoke before under the same title: رئيس الحكومة after رئيس الحكومة فلان."""
        wanted = [bare(f) for f in self.layout.forms[first : first + 3] if f not in CLOSED][: max(1, min(2, end - first))]
        for voice in reversed(self.memory):
            if voice.sources and all(w in voice.words for w in wanted):
                return Voice(voice.sources, via=voice.via, sure=False)
        return None

    def _two(self, first: int) -> Voice | None:
        """الجانبان, الوزيران: the two persons named last, ministers where it says ministers."""
        role = self._noun(first)[:-2]
        ministers = {r.entity.id for r, title in self._titles() if role in title} if role in nouns("person") else set()
        ids: list[str] = []
        for ref in reversed(
            [r for r in self.layout.index.refs if r.first < first and r.entity.type == "person" and self.named(r.entity)]
        ):
            if ref.entity.id not in ids and (len(ministers) < 2 or ref.entity.id in ministers):
                ids.append(ref.entity.id)
            if len(ids) == 2:
                return Voice(ids[::-1], many=True, sure=False)
        return None

    def _called(self, noun: str, before: int) -> Entity | None:
        """The organisation or group mentioned last whose name begins with a noun or follows it (صحيفة "هآرتس")."""
        forms = self.layout.forms
        for ref in reversed(self.layout.index.refs):
            if ref.first >= before or ref.entity.type not in ("organization", "group"):
                continue
            if not self.named(ref.entity) and forms[ref.first].startswith("ال"):
                continue
            name = bare(unjoined(forms[ref.first]) if not ref.clitic else forms[ref.first][len(ref.clitic) :])
            around = [bare(unjoined(f)) for f in forms[max(0, ref.first - 2) : ref.first]]
            within = [bare(w) for w in fold(ref.entity.name).split()[1:3]]
            if name == noun or noun in around or noun in within or fold(ref.entity.name).split()[0] in (noun, "ال" + noun):
                return ref.entity
        return None


def _covers(role: list[str], wanted: Iterable[str]) -> bool:
    words = {bare(w) for w in role}
    return all(bare(w) in words for w in wanted)
