"""Cutting an article into blocks: head, body and end of a page, line by line."""

from khabar.layers.blocks import bylines, marks, stamps
from khabar.layers.blocks.lines import SHORT, Line, folded, lines_of, way_back
from khabar.record import Article, Block, BlockKind, Span
from khabar.script import fold

_TITLE = 220
"""Longest first line that is taken for a title."""
_HEAD = 8
"""Lines of a body that a byline or timestamp may stand in before the first paragraph."""
_END = 6
"""Lines that may stand after the last paragraph and still be asked for bylines, timestamps and contacts."""


class Finder:
    """The blocks of one article, and what they say of it."""

    def __init__(self, article: Article) -> None:
        self.text = article.text
        self.outlet_known = fold(article.outlet).strip() if article.outlet else None
        self.blocks: list[Block] = []
        self.title: Span | None = None
        self.author: str | None = None
        self.outlet: str | None = None
        self.dateline: str | None = None
        self.dateline_span: Span | None = None
        self.published: str | None = None
        self.updated: str | None = None
        self.own_date = False  # `published` is what the page says under a label or at its head
        self.plain_to = 0  # end of the last block that was no paragraph
        self.saved = False  # the page was saved as text, its title found in it
        self.seen: set[str] = set()  # lines of the head, folded

    def run(self, article: Article) -> None:
        """Find all blocks."""
        start = 0
        if article.titled and article.title and self.text.startswith(article.title):
            start = len(article.title)
            if body := article.title.strip():
                at = article.title.index(body)
                self._add("title", (at, at + len(body)))
        lines = lines_of(self.text, start)
        if not start:
            lines = self._title(lines)
        if self.blocks:
            self.seen.add(folded(self.text[slice(*self.blocks[-1].span)]))
        self._lines(lines)

    def _add(self, kind: BlockKind, span: Span) -> None:
        words = self.text[span[0] : span[1]]
        if body := words.strip():
            start = span[0] + words.index(body)
            self.blocks.append(Block(kind, (start, start + len(body))))
            if kind != "paragraph":
                self.plain_to = start + len(body)

    # head of a page that was saved with its title in the text

    def _title(self, lines: list[Line]) -> list[Line]:
        """Take the title, and the site's lines above it, off the first lines; gives the rest."""
        above: list[tuple[BlockKind, Line]] = []
        for i, line in enumerate(lines[:_HEAD]):
            if not line.flat or len(line.raw) > _TITLE:
                break
            if marks.furniture(line.flat) or marks.section(line.flat):
                above.append(("furniture", line))
            elif found := stamps.read(line.flat):
                self._dates(found)
                above.append(("timestamp", line))
            elif line.after_blank + len(lines) > 2 and (signed := bylines.line(line.flat, self.outlet_known)) and signed.outlet:
                self._says(line.span[0], line.raw, signed)
                above.append(("byline", line))
            else:
                if self._is_title(lines, i):
                    for kind, other in above:
                        self._add(kind, other.span)
                    self._add("title", line.span)
                    self.title = line.span
                    self.saved = True
                    return lines[i + 1 :]
                break
        self.published = self.updated = self.outlet = self.author = self.dateline = self.dateline_span = None
        self.own_date = False
        return lines

    def _is_title(self, lines: list[Line], i: int) -> bool:
        line = lines[i]
        if line.raw.endswith((".", "،", ":")) or i + 1 >= len(lines) or bylines.line(line.flat, self.outlet_known):
            return False
        # a page sets its title off; in a bare body the first line is its first sentence
        following = lines[i + 1]
        return following.after_blank or not following.long or len(following.raw) > 1.5 * len(line.raw)

    # body

    def _lines(self, lines: list[Line]) -> None:
        long = [i for i, line in enumerate(lines) if line.long and not (line.flat and marks.furniture(line.flat))]
        first, last = (long[0], long[-1]) if long else (len(lines), -1)
        i = 0
        while i < len(lines):
            line = lines[i]
            head = i <= min(first, _HEAD)
            end = i >= max(last, len(lines) - _END)
            if not line.flat:
                self._paragraph(line, i == first, i == len(lines) - 1)
                i += 1
                continue
            if marks.link_list(line.flat):
                i = self._links(lines, i, last)
                continue
            if not self._short(lines, i, head, end):
                self._paragraph(line, i == first or i == 0, i == len(lines) - 1)
            i += 1

    def _links(self, lines: list[Line], i: int, last: int) -> int:
        """Furniture from the heading of a list of links on; gives the index of the line after the list."""
        self._add("furniture", lines[i].span)
        j = i + 1
        over = i > last  # no paragraph follows: all the rest is links
        while j < len(lines) and not lines[j].long and (over or not lines[j].stopped):
            if not over and j > i + 1 and (lines[j].after_blank or not lines[j - 1].after_blank):
                break
            self._add("furniture", lines[j].span)
            j += 1
        return j

    def _short(self, lines: list[Line], i: int, head: bool, end: bool) -> bool:
        """Add the block of a line that is not a paragraph; whether it was one."""
        line = lines[i]
        flat = line.flat
        again = head and flat in self.seen
        if head:
            self.seen.add(flat)
        if self.saved and head and (marks.section(flat) or flat.isdigit()):
            again = True
        if (
            again
            or marks.furniture(flat)
            or (end and (marks.contact(flat) or (i == len(lines) - 1 and marks.self_description(flat))))
        ):
            self._add("furniture", line.span)
            return True
        if (head or end) and self._signed(lines, i, head):
            return True
        if line.long and not marks.credited(flat):
            return False
        if len(flat) <= SHORT and self._is_caption(lines, i):
            self._add("caption", line.span)
            return True
        if i + 1 == len(lines) or (i == 0 and not self.blocks) or not self._over(lines, i):
            return False
        # what stands between a title that was given and the first paragraph, and names what that speaks of, is under a picture
        given = i == 0 and not self.saved and "؟" not in flat and ":" not in flat and self._shares(line, lines[1])
        self._add("caption" if i == 0 and (given or marks.caption_word(flat)) else "subhead", line.span)
        return True

    def _shares(self, line: Line, following: Line) -> bool:
        """Whether a line has a word of what follows."""
        rest = folded(self.text[following.span[0] : following.span[0] + 600])
        return any(word.removeprefix("ال") in rest for word in line.flat.split() if len(word) > 3)

    def _over(self, lines: list[Line], i: int) -> bool:
        """Whether a line can be the heading over the next one: set off by blanks or short, and no line of a verse or a list."""
        line, following = lines[i], lines[i + 1]
        if not marks.heading(line.flat) or following.flat.endswith(":"):
            return False
        if not (following.long or len(following.raw) > 1.5 * len(line.raw)):
            return False
        if line.after_blank and following.after_blank:
            return True
        if line.flat.count(" ") > (5 if line.flat.endswith(("؟", "?")) else 9) or (
            line.flat[0].isdigit() and following.raw[0].isdigit()
        ):
            return False
        before = lines[i - 1] if i else None
        return before is None or before.long or before.stopped or not before.flat or before.span[1] <= self.plain_to

    def _signed(self, lines: list[Line], i: int, head: bool) -> bool:
        """Add the block of a timestamp or a byline at the head or the end of an article; whether there was one."""
        line, flat = lines[i], lines[i].flat
        if found := stamps.read(flat):
            self._dates(found)
            self._add("timestamp", line.span)
            return True
        if len(flat) > 120:
            return False
        if head and (dated := bylines.dated(flat)):
            self._says(line.span[0], line.raw, dated)
            self._add("paragraph", line.span)
            return True
        if "على" in line.raw.split():  # "on", which folds to a name
            return False
        skip = marks.buttons_end(flat) if head else 0
        signed = bylines.line(flat[skip:], self.outlet_known)
        if signed is None and head and not skip:
            if parted := stamps.split(flat):
                signed = bylines.line(flat[: parted[0]].rstrip(" -|،,"), self.outlet_known)
                if signed:
                    back = way_back(line.raw)
                    at = line.span[0] + back[parted[0]]
                    before = self.text[line.span[0] : at].rstrip()
                    self._dates(parted[1])
                    self._says(line.span[0], line.raw, signed)
                    self._add("byline", (line.span[0], line.span[0] + len(before)))
                    self._add("timestamp", (at, line.span[1]))
                    return True
            signed = self._name_alone(lines, i)
        elif signed is None and not head:
            signed = self._name_alone(lines, i)
        if signed is None:
            return False
        if skip:
            at = line.span[0] + way_back(line.raw)[skip]
            before = self.text[line.span[0] : at].rstrip()
            self._add("furniture", (line.span[0], line.span[0] + len(before)))
            self._says(at, self.text[at : line.span[1]], signed)
            self._add("byline", (at, line.span[1]))
        else:
            self._says(line.span[0], line.raw, signed)
            self._add("byline", line.span)
        return True

    def _name_alone(self, lines: list[Line], i: int) -> bylines.Byline | None:
        """A reporter's name, or an outlet's, on a line of its own. A name that the text speaks of is a caption's."""
        flat = lines[i].flat.strip("*- .")
        tokens = flat.split()
        by_stamp = any(0 <= j < len(lines) and lines[j].flat and stamps.read(lines[j].flat) for j in (i - 1, i + 1))
        if by_stamp and marks.outlet_line(flat) and not lines[i].stopped:
            at = lines[i].flat.index(flat)
            return bylines.Byline(len(lines[i].flat), outlet=(at, at + len(flat)))
        if (
            not bylines.is_name(tokens)
            or any(not t.isalpha() for t in tokens)
            or lines[i].stopped
            or "على" in lines[i].raw.split()
        ):
            return None
        if i + 1 < len(lines) and not (lines[i + 1].long or (i and self._is_contact(lines[i + 1]))):
            return None  # verse, a list
        rest = folded(self.text[lines[i].span[1] :] if i + 1 < len(lines) else self.text[: lines[i].span[0]])
        rest = rest[: marks.tags_at(rest)]  # keywords name the author
        if tokens[-1] in rest:
            return None
        at = lines[i].flat.index(flat)
        return bylines.Byline(len(lines[i].flat), author=(at, at + len(flat)))

    @staticmethod
    def _is_contact(line: Line) -> bool:
        return bool(line.flat) and (marks.furniture(line.flat) or marks.contact(line.flat) or bylines.contact(line.flat))

    def _is_caption(self, lines: list[Line], i: int) -> bool:
        line = lines[i]
        if marks.caption(line.flat, line.stopped):
            return True
        # pictures in a row: lines without a blank between them on a page that has one between paragraphs
        if line.stopped or len(line.raw) > 100 or not marks.ends_with_credit(line.flat):
            return False
        near = [j for j in (i - 1, i + 1) if 0 <= j < len(lines) and not lines[max(i, j)].after_blank and lines[j].flat]
        return any(marks.caption(lines[j].flat, lines[j].stopped) for j in near)

    def _paragraph(self, line: Line, first: bool, final: bool) -> None:
        """Add a paragraph, the opening that is a byline and the end that is furniture taken off."""
        start, end = line.span
        if first:
            start = self._opening(start, end)
        tail = None
        if final:
            begin = max(start, end - 300)
            flat = folded(self.text[begin:end])
            if (at := marks.tags_at(flat)) is not None:
                cut = begin + way_back(self.text[begin:end])[at]
                tail, end = (cut, end), begin + len(self.text[begin:cut].rstrip())
        if start < end:
            self._add("paragraph", (start, end))
        if tail:
            self._add("furniture", tail)

    def _opening(self, start: int, end: int) -> int:
        """Take buttons and a byline off the opening of a paragraph; gives where it begins then."""
        raw = self.text[start : min(end, start + 160)]
        flat = folded(raw)
        back: list[int] = []
        if at := marks.buttons_end(flat):
            back = way_back(raw)
            self._add("furniture", (start, start + len(self.text[start : start + back[at]].rstrip())))
            start += back[at]
            raw = self.text[start : min(end, start + 160)]
            flat = folded(raw)
        signed = bylines.opening(flat, self.outlet_known)
        if signed is None:
            return start
        cut = start + way_back(raw)[signed.end]
        if end - cut < 20:
            return start
        self._says(start, raw, signed)
        self._add("byline", (start, start + len(self.text[start:cut].rstrip())))
        return cut + len(self.text[cut:end]) - len(self.text[cut:end].lstrip())

    # what the blocks say

    def _says(self, start: int, raw: str, signed: bylines.Byline) -> None:
        back = way_back(raw)

        def words(span: tuple[int, int] | None) -> str | None:
            return " ".join(self.text[start + back[span[0]] : start + back[span[1]]].split()) or None if span else None

        self.author = self.author or words(signed.author)
        self.outlet = self.outlet or words(signed.outlet)
        if signed.dateline and self.dateline is None:
            self.dateline = words(signed.dateline)
            last = (signed.day or signed.dateline)[1]
            stop = start + back[last]
            self.dateline_span = (start + back[signed.dateline[0]], stop - len(self.text[:stop]) + len(self.text[:stop].rstrip()))
        if signed.published and not self.own_date:
            self.published = self.published or signed.published

    def _dates(self, found: list[stamps.Stamp]) -> None:
        for one in found:
            if one.label == "updated":
                self.updated = self.updated or one.value
            elif one.value and (not self.own_date or one.label):
                if not self.own_date:
                    self.published = one.value
                self.own_date = True
