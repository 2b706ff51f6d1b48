"""Claims for tests of the ledger."""

from khabar.workspace.views import ArticleView, Claim, Evidence, Named, Said

MINISTRY = Named(id=1, type="organization", name="وزارة الصحة")
CRESCENT = Named(id=2, type="organization", name="الهلال الأحمر")
MAYOR = Named(id=3, type="person", name="سالم الورفلي")
DERNA = Named(id=10, type="place", name="درنة", country="LBY")
SUSA = Named(id=11, type="place", name="سوسة", country="LBY")
LIBYA = Named(id=12, type="country", name="ليبيا", country="LBY")


def view(id: int, day: str | None, outlet: str | None, original: int | None = None) -> ArticleView:
    published = f"{day}T10:00:00+02:00" if day else None
    return ArticleView(
        id=id, key=f"a/{id}", outlet=outlet, url=None, title="عنوان", published=published, day=day, revision=1,
        original=original, copy="exact" if original else None, story=1,
    )  # fmt: skip


def said_by(*sources: Named, via: Named | None = None) -> list[Said]:
    content = Evidence(article=1, start=0, stop=4, quote="قال")
    return [Said(sources=list(sources), via=via, channel=None, content=content)]


def claim(
    article: int, amount: int | tuple[int | None, int | None, int | None], *sources: Named, day: str | None = "2023-09-12",
    outlet: str | None = None, local: str = "f1", kind: str = "killed", place: Named | None = DERNA, as_of: str | None = None,
    original: int | None = None, part: str | None = None, mark: str | None = None, happened: str | None = None,
    via: Named | None = None, start: int = 20,
) -> Claim:  # fmt: skip
    low, best, high = (amount, amount, amount) if isinstance(amount, int) else amount
    return Claim(
        article=view(article, day, outlet or f"صحيفة {article}", original), local=local, kind=kind,  # type: ignore[arg-type]
        low=low, best=best, high=high, as_of=as_of, reported=day, places=[place] if place else [],
        said=said_by(*sources, via=via) if sources or via else [],
        evidence=Evidence(article=article, start=start, stop=start + 5, quote=f"{best} قتيل"),
        event=1, story=1, happened=happened, part=part, mark=mark,
    )  # fmt: skip
