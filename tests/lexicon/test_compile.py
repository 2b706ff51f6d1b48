"""The lexicon's compiler, and that the committed tables are what their sources give."""

import subprocess
import sys

import msgspec
import pytest

from khabar.lexicon import load
from khabar.lexicon.compile import compiled, outdated


def test_committed_tables_are_up_to_date():
    assert outdated() == {}
    check = subprocess.run([sys.executable, "-m", "khabar.lexicon", "--check"], capture_output=True, text=True)
    assert (check.returncode, check.stdout) == (0, "")


def test_a_changed_source_and_an_orphan_are_found(tmp_path):
    (tmp_path / "words.yaml").write_text("a: [كلمة]\nb: {c: 1}\n", encoding="utf-8")
    generated = tmp_path / "generated"
    generated.mkdir()
    orphan = generated / "gone.json"
    orphan.write_text("{}")
    changed = outdated(tmp_path, generated)
    held = changed[generated / "words.json"]
    assert held is not None
    assert msgspec.json.decode(held) == {"a": ["كلمة"], "b": {"c": 1}}
    assert changed[orphan] is None
    (generated / "words.json").write_bytes(held)
    assert outdated(tmp_path, generated) == {orphan: None}


def test_one_entry_a_line(tmp_path):
    (tmp_path / "words.yaml").write_text("a: [x, y]\nb: []\n", encoding="utf-8")
    assert compiled(tmp_path / "words.yaml").decode().splitlines() == ["{", '"a":[', '"x",', '"y"', "],", '"b":[]', "}"]


@pytest.mark.parametrize(
    "wrong", ["verbs: [{past: قال}]", "verbs: [{past: قال, takes: [nonsense]}]", "verbs: [{past: قال, takes: [that], foo: 1}]"]
)
def test_a_wrong_cue_is_refused_by_name(tmp_path, wrong):
    path = tmp_path / "cues.yaml"
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(ValueError, match="قال"):
        compiled(path)


@pytest.mark.parametrize(
    ("form", "lemma", "kind", "agreement"),
    [
        ("دعت", "دعا", "v", "fs"),
        ("دعوا", "دعا", "v", "mp"),
        ("يدعون", "دعا", "i", "mp"),
        ("رات", "راي", "v", "fs"),
        ("راوا", "راي", "v", "mp"),
        ("ينفون", "نفي", "i", "mp"),
        ("موكده", "اكد", "p", "fs"),
        ("داعيا", "دعا", "p", "ms"),
        ("داعين", "دعا", "p", "mp"),
        ("قوله", "قال", "m", "ms"),
        ("دعوتها", "دعا", "m", "fs"),
        ("وصفته", "وصف", "o", "fs"),
        ("اتهموه", "اتهم", "o", "mp"),
        ("تبناها", "تبني", "o", "ms"),
    ],
)
def test_reporting_verbs_are_inflected(form, lemma, kind, agreement):
    cues = load("cues")
    assert (lemma, kind, agreement) in {(cues["verbs"][v]["lemma"], k, a) for v, k, a in cues["forms"][form]}


def test_wrong_inflections_are_not_made():
    forms = load("cues")["forms"]
    assert not {"دعات", "رايت", "ينفيون", "موكدها", "داعيين"} & set(forms)
