"""Articles of our own making for tests of the workspace."""

from khabar.record import Article


def article(id: str, title: str, body: str, published: str = "2024-03-10T09:00:00+02:00", outlet: str = "وكالة الأفق") -> Article:
    """An article as a line of JSON Lines gives it."""
    return Article(id=id, text=f"{title}\n{body}", titled=True, title=title, published=published, outlet=outlet)


FLOOD = article(
    "afaq/1",
    "مقتل 12 شخصا في فيضانات شرق ليبيا",
    "قُتل 12 شخصا في فيضانات ضربت مدينة درنة شرقي ليبيا يوم الجمعة، بحسب الهلال الأحمر الليبي.",
)
VISIT = article(
    "afaq/2",
    "وزير الخارجية المصري يلتقي نظيره التركي في أنقرة",
    "التقى وزير الخارجية المصري سامح شكري نظيره التركي هاكان فيدان في أنقرة يوم السبت.",
)
