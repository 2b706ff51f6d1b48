"""A record made by hand, for tests of what is done with records."""

from khabar.record import Attribution, Block, Entity, Event, Figure, Mention, Quote, Record, Source, Time

TEXT = """وصول قائد القوات إلى موسكو
وصل خالد منصور إلى موسكو يوم الثلاثاء والتقى وزير الدفاع. وقالت السفارة في بيان إن الفيضانات قتلت نحو 50 شخصا في درنة.
ونفى منصور أن تكون قواته قصفت المدينة."""


def quote(words: str, nth: int = 1) -> Quote:
    """The nth occurrence of words in the text."""
    at = -1
    for _ in range(nth):
        at = TEXT.index(words, at + 1)
    return Quote((at, at + len(words)), words)


def _mention(words: str, nth: int = 1) -> Mention:
    found = quote(words, nth)
    return Mention(found.span, found.quote, "name")


def record() -> Record:
    """A visit, a flood with a figure that has a source, and a denial."""
    return Record(
        id="sample/1",
        source=Source(path="sample.jsonl", line=3, outlet="المدار", author="سلمى حداد", url="https://example.org/1"),
        title=TEXT.split("\n")[0],
        published="2023-09-27T10:15:00+03:00",
        updated="2023-09-27T09:00:00+00:00",
        dateline="موسكو",
        text=TEXT,
        blocks=[Block("title", (0, TEXT.index("\n"))), Block("paragraph", (TEXT.index("\n") + 1, len(TEXT)))],
        sentences=[quote(words).span for words in TEXT.replace(". ", ".\n").split("\n")],
        entities=[
            Entity(id="e1", type="person", name="خالد منصور", name_en="Khaled Mansour", roles=["قائد القوات"], country="LBY",
                   mentions=[_mention("خالد منصور"), _mention("منصور", 2)]),
            Entity(id="e2", type="place", name="موسكو", name_en="Moscow", country="RUS",
                   mentions=[_mention("موسكو"), _mention("موسكو", 2)]),
            Entity(id="e3", type="organization", name="السفارة", name_en=None, mentions=[_mention("السفارة")]),
            Entity(id="e4", type="place", name="درنة", name_en="Derna", country="LBY", latitude=32.77, longitude=22.64,
                   mentions=[_mention("درنة")]),
        ],
        times=[
            Time(id="t1", span=quote("الثلاثاء").span, quote="الثلاثاء", type="DATE", value="2023-09-26", begin="2023-09-26",
                 end="2023-09-26"),
        ],
        attributions=[
            Attribution(id="a1", sources=["e3"], channel="بيان", cue=quote("قالت"),
                        content=quote("الفيضانات قتلت نحو 50 شخصا في درنة")),
            Attribution(id="a2", sources=["e1"], via="e3", cue=quote("نفى"), content=quote("تكون قواته قصفت المدينة")),
        ],
        events=[
            Event(id="v1", type="CONSULT", mode="visit", triggers=[quote("وصل")], actors=["e1"], recipients=["e2"],
                  places=["e2"], begin="2023-09-26", end="2023-09-26", status="happened",
                  gloss="Khaled Mansour visited Moscow, 26 September 2023"),
            Event(id="v2", type="DISASTER", mode="flood", triggers=[quote("الفيضانات")], places=["e4"],
                  begin="2023-09-10", end="2023-09-11", status="happened", attributions=["a1"]),
            Event(id="v3", type="ASSAULT", triggers=[quote("قصفت")], recipients=["e4"], status="denied", attributions=["a2"]),
        ],
        figures=[
            Figure(id="f1", span=quote("نحو 50 شخصا").span, quote="نحو 50 شخصا", kind="killed", best=50, event="v2",
                   places=["e4"], as_of="2023-09-16", attributions=["a1"]),
        ],
    )  # fmt: skip
