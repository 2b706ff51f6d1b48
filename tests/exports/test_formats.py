"""Each format opened by its own tool or library, or held against what its owners say of it."""

import csv
import io
import json
import zipfile
from datetime import datetime
from typing import Any

import hxl
import msgspec
import openpyxl
import pyarrow.parquet as pq
import pytest
from followthemoney import model
from sqlalchemy import Connection, insert

from khabar.exports import FORMATS
from khabar.exports.acled import COLUMNS as ACLED
from khabar.exports.acled import kinds
from khabar.exports.acled import row as acled_row
from khabar.exports.gdelt import COLUMNS as GDELT
from khabar.exports.gdelt import goldstein, quad_class, row
from khabar.exports.geojson import feature
from khabar.exports.hxl import COLUMNS as HXL
from khabar.exports.layers import TABLES
from khabar.exports.places import _divisions as divisions
from khabar.exports.places import division, exactness
from khabar.gazetteer import load as gazetteer
from khabar.workspace import Workspace, listing
from khabar.workspace.tables import events
from khabar.workspace.views import Named
from tests.exports.conftest import Export
from tests.exports.writing import written
from tests.workspace import made


def lines(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.decode().splitlines()]


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_is_the_same_bytes_twice_and_copies_only_add(name: str, export: Export) -> None:
    assert export(name) == export(name)
    if name != "gdelt":  # no event of these has a CAMEO code
        assert export(name)
    assert len(export(name, copies=True)) >= len(export(name))


def test_parquet_has_every_layer_with_lists_and_numbers(export: Export) -> None:
    with zipfile.ZipFile(io.BytesIO(export("parquet"))) as archive:
        assert archive.namelist() == [f"{layer}.parquet" for layer in TABLES]
        for name in archive.namelist():
            table = pq.read_table(io.BytesIO(archive.read(name)))
            assert table.column_names == [column.name for column in TABLES[name.removesuffix(".parquet")].columns]
    claims = pq.read_table(io.BytesIO(export("parquet", layer="claims"))).to_pylist()
    assert (claims[0]["best"], claims[0]["sources_en"]) == (15, ["Derna Hospital"])


def test_a_workbook_has_a_sheet_a_layer_from_right_to_left_and_no_formula(export: Export) -> None:
    book = openpyxl.load_workbook(io.BytesIO(export("xlsx")))
    assert book.sheetnames == list(TABLES)
    for sheet in book:
        assert sheet.sheet_view.rightToLeft
        assert [cell.value for cell in sheet[1]] == [column.name for column in TABLES[sheet.title].columns]
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    best = [column.name for column in TABLES["claims"].columns].index("best")
    assert [row[best].value for row in book["claims"].iter_rows(min_row=2)] == [15, 12]


def test_geojson_is_points_with_longitude_first_and_every_claim(export: Export) -> None:
    found = json.loads(export("geojson"))
    assert found["type"] == "FeatureCollection"
    for point in found["features"]:
        longitude, latitude = point["geometry"]["coordinates"]
        assert -180 <= longitude <= 180
        assert -90 <= latitude <= 90
    flood = next(f for f in found["features"] if f["properties"]["type"] == "DISASTER")
    assert {(c["kind"], c["best"], c["sources"][0]) for c in flood["properties"]["figures"]} >= {("killed", 15, "Derna Hospital")}


def test_plover_keeps_parties_words_and_who_says_so(export: Export) -> None:
    by_type = {event["type"]: event for event in lines(export("plover"))}
    visit = by_type["CONSULT"]
    assert [a["name_en"] for a in visit["actor"]] == ["Sameh Shoukry"]
    assert (visit["plover"], visit["quad"]) == (True, "V-Coop")
    assert (by_type["DISASTER"]["plover"], by_type["DISASTER"]["quad"]) == (False, None)
    assert {m["best"] for m in by_type["DISASTER"]["magnitude"]} == {12, 15}


def test_gdelt_has_61_columns_and_no_row_without_a_code(export: Export) -> None:
    assert len(GDELT) == 61
    assert (GDELT[0], GDELT[26], GDELT[30], GDELT[60]) == ("GLOBALEVENTID", "EventCode", "GoldsteinScale", "SOURCEURL")
    assert export("gdelt") == b"", "of the made events none has a CAMEO code"


def test_gdelt_and_acled_have_no_event_that_is_denied_planned_or_possible(workspace: Workspace) -> None:
    with workspace.writing() as connection:
        for n, status in enumerate(("happened", "ongoing", "planned", "possible", "denied"), 1):
            row = {"id": n, "type": "PROTEST", "cameo": "141", "begin": "2024-03-09", "status": status, "reports": 1}
            connection.execute(insert(events), row)
    with workspace.reading() as connection:
        told = written("gdelt", connection).decode().splitlines()
        assert sorted(line.split("\t")[0] for line in told) == ["1", "2"]
        rows = csv.DictReader(io.StringIO(written("acled", connection).decode(), newline=""))
        assert {row["tags"] for row in rows} == {"happened", "ongoing"}


def test_acled_leaves_open_what_mode_does_not_tell(connection: Connection) -> None:
    visit = next(v for v in listing.events_page(connection).items if v.type == "CONSULT")
    attack = msgspec.structs.replace(visit, type="ASSAULT", mode="attack", begin="2024-03-09")
    assert kinds(attack) == ("Political violence", "", "")
    assert kinds(msgspec.structs.replace(attack, mode="bombing")) == ("Political violence", "Explosions/Remote violence", "")
    place = msgspec.structs.replace(attack.places[0], country="LBY")
    values = acled_row(msgspec.structs.replace(attack, places=[place]), "latest")
    assert (values["country"], values["iso"], values["event_id_cnty"]) == ("Libya", "434", f"LBY{visit.id}")
    assert acled_row(msgspec.structs.replace(attack, places=[]), "latest")["event_id_cnty"] == str(visit.id)


def test_a_gdelt_row_is_made_of_parties_day_and_code(connection: Connection) -> None:
    visit = next(v for v in listing.events_page(connection).items if v.type == "CONSULT")
    values = row(msgspec.structs.replace(visit, cameo="042", begin="2024-03-09"))
    assert set(values) <= set(GDELT)
    told = (values["SQLDATE"], values["EventRootCode"], values["GoldsteinScale"], values["QuadClass"], values["Actor1Name"])
    assert told == ("20240309", "04", "1.9", 1, "SAMEH SHOUKRY")


@pytest.mark.parametrize(
    ("code", "scale", "quad"),
    [("042", "1.9", 1), ("073", "7.4", 2), ("112", "-2.0", 3), ("190", "-10.0", 4), ("1823", "-9.5", 4)],
)
def test_goldstein_and_quad_class(code: str, scale: str, quad: int) -> None:
    assert (goldstein(code), quad_class(code)) == (scale, quad)


def test_acled_has_31_columns_and_names_its_policy(export: Export) -> None:
    rows = list(csv.DictReader(io.StringIO(export("acled", policy="max").decode(), newline="")))
    assert len(ACLED) == 31
    assert all("policy max" in row["notes"] for row in rows)
    assert all(row["event_type"] for row in rows)


def test_hxl_has_hashtags_under_its_names_and_a_claim_a_row(export: Export) -> None:
    names, tags, *rows = csv.reader(io.StringIO(export("hxl").decode(), newline=""))
    assert names == list(HXL)
    assert tags == list(HXL.values())
    assert all(tag.startswith("#") for tag in tags)
    claims = [dict(zip(tags, row, strict=True)) for row in rows]
    first = claims[0]
    assert (first["#affected+killed"], first["#meta+source"], first["#date+occurred"]) == ("15", "Derna Hospital", "2024-03-10")
    assert len(claims) == 2


def test_hxl_is_valid_by_the_library_of_its_owners(export: Export) -> None:
    source = hxl.data(list(csv.reader(io.StringIO(export("hxl").decode(), newline="")))).cache()
    assert source.display_tags == list(HXL.values())
    errors: list[Any] = []
    assert source.validate(callback=errors.append), [str(error) for error in errors]
    assert [row.get("#affected+killed") for row in source] == ["15", "12"]
    assert {row.get("#country+code") for row in source} == {"LBY"}


def _place(name: str, country: str, type: str = "place", **identifiers: int) -> Named:
    return Named(id=1, type=type, name=name, name_en=name, country=country, latitude=1.0, longitude=1.0, identifiers=identifiers)


@pytest.mark.parametrize(
    ("spot", "exact", "division_", "geo_type"),
    [
        (_place("Libya", "LBY", "country"), "country", None, 1),
        (_place("Benghazi", "LBY", geonames=88319), "town", None, 4),
        (_place("Idlib", "SYR"), "region", "Idlib", 5),
        (_place("Darfur", "SDN"), "region", None, 5),
        (_place("California", "USA"), "region", "California", 2),
        (_place("Chicago", "USA", geonames=4887398), "town", None, 3),
        (_place("Red Sea", ""), "water", None, 4),
        (_place("Nowhere at all", "LBY"), "unknown", None, 4),
    ],
)
def test_what_a_point_is_the_middle_of(connection: Connection, spot: Named, exact: str, division_: str, geo_type: int) -> None:
    assert (exactness(spot), division(spot)) == (exact, division_)
    event = next(iter(listing.events_page(connection).items))
    event = msgspec.structs.replace(event, places=[spot], cameo="190", begin="2024-03-09", end="2024-03-09")
    assert feature(event)["properties"]["exactness"] == exact
    assert row(event)["ActionGeo_Type"] == geo_type
    assert acled_row(event, "latest")["admin1"] == division_


def test_every_division_is_a_region_of_the_gazetteer() -> None:
    regions = {(e.country, e.latin) for e in gazetteer().entries if e.kind == "region"}
    assert divisions() <= regions


def test_who_meets_or_fights_together_is_two_parties(connection: Connection) -> None:
    visit = next(v for v in listing.events_page(connection).items if v.type == "CONSULT")
    both = msgspec.structs.replace(
        visit, actors=[*visit.actors, *visit.recipients], recipients=[], cameo="040", begin="2024-03-09"
    )
    assert [row(both)[f"Actor{n}Name"] for n in (1, 2)] == ["SAMEH SHOUKRY", "HAKAN FIDAN"]
    clash = msgspec.structs.replace(both, type="ASSAULT", mode="clash", cameo="190")
    values = acled_row(clash, "latest")
    assert (values["actor1"], values["actor2"], values["event_type"]) == ("Sameh Shoukry", "Hakan Fidan", "Battles")
    attack = acled_row(msgspec.structs.replace(both, type="ASSAULT", mode="attack"), "latest")
    assert (attack["actor1"], attack["assoc_actor_1"], attack["actor2"]) == ("Sameh Shoukry", "Hakan Fidan", None)


def test_in_acled_demonstrators_are_the_actor_and_their_groups_associated(connection: Connection) -> None:
    visit = next(v for v in listing.events_page(connection).items if v.type == "CONSULT")
    places = [msgspec.structs.replace(visit.places[0], country="TUR")]
    march = msgspec.structs.replace(visit, type="PROTEST", mode=None, begin="2024-03-09", end="2024-03-12", places=places)
    values = acled_row(march, "latest")
    told = {name: values.get(name) for name in ("actor1", "inter1", "assoc_actor_1", "actor2", "time_precision", "geo_precision")}
    assert told == {
        "actor1": "Protesters (Türkiye)", "inter1": "Protesters", "assoc_actor_1": "Sameh Shoukry", "actor2": None,
        "time_precision": 2, "geo_precision": 1,
    }  # fmt: skip
    assert "[against: Hakan Fidan]" in values["notes"]
    assert acled_row(msgspec.structs.replace(march, mode="riot"), "latest")["actor1"] == "Rioters (Türkiye)"


def test_followthemoney_takes_every_entity(export: Export) -> None:
    found = lines(export("followthemoney"))
    schemata = set()
    for entity in found:
        proxy = model.get_proxy(entity)
        assert proxy.schema.name == entity["schema"]
        schemata.add(entity["schema"])
    assert {"Article", "Event", "Person", "Organization", "Mention", "Address"} <= schemata
    flood = next(e for e in found if e["schema"] == "Event" and "DISASTER" in e["properties"]["keywords"])
    assert any("15 شخصا" in note and "Derna Hospital" in note for note in flood["properties"]["notes"])
    ids = {entity["id"] for entity in found}
    for entity in found:
        for name in ("document", "resolved", "involved", "proof"):
            assert set(entity["properties"].get(name, [])) <= ids


def test_annotations_select_the_words_by_quote_and_by_position(export: Export) -> None:
    page = json.loads(export("annotation"))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    texts = {1: made.FIRST, 2: made.SECOND}
    for item in page["items"]:
        quote, position = item["target"]["selector"]
        article = int(item["id"].split(":")[3])
        if article in texts:
            text = texts[article]
            assert text[position["start"] : position["end"]] == quote["exact"]
            assert text[: position["start"]].endswith(quote["prefix"])
            assert text[position["end"] :].startswith(quote["suffix"])
    toll = next(i for i in page["items"] if i["motivation"] == "describing" and ":2:" in i["id"])
    said = json.loads(toll["body"]["value"])["said"]
    assert [(s["sources"], s["via"]) for s in said] == [(["مستشفى درنة"], "وكالة الأفق")]
    assert {item["motivation"] for item in page["items"]} == {"classifying", "describing", "linking", "identifying"}


def test_timeline_slides_are_dated_and_escaped(export: Export) -> None:
    (slide,) = json.loads(export("timeline", type="DISASTER"))["events"]
    assert slide["start_date"] == {"year": 2024, "month": 3, "day": 8}
    assert "Derna Hospital" in slide["text"]["text"]


NINJS = {
    *("uri", "standard", "type", "language", "version", "firstCreated", "versionCreated", "headlines", "bodies"),
    *("by", "located", "people", "organisations", "places", "events", "infoSources"),
}
"""The properties of ninjs 3.0 that are written; it allows no others than its own."""


def test_ninjs_articles_have_what_is_known_in_the_names_of_the_standard(export: Export) -> None:
    found = lines(export("ninjs"))
    assert {"firstCreated", "people", "infoSources"} <= set().union(*found)
    for item in found:
        assert set(item) <= NINJS
        assert all(item.values())
        assert set(item["bodies"][0]) == {"role", "contentType", "charCount", "value"}
        assert item["bodies"][0]["charCount"] == len(item["bodies"][0]["value"])
        assert all(datetime.fromisoformat(item[name]).tzinfo for name in ("firstCreated", "versionCreated") if name in item)
        for name in ("people", "organisations", "places"):
            assert all(set(one) == {"name"} for one in item.get(name, []))
