"""Every labelled release keeps its format, and nothing is lost on the way to JSON Lines and
back.
"""

import json
from pathlib import Path

from scripts.corpus import build
from scripts.paths import RELEASES

FILES = sorted(RELEASES.glob("*.txt"))


def test_every_file_keeps_the_format(read):
    _, problems = read
    assert problems == []


def test_every_file_is_a_record_of_its_name(read):
    records, _ = read
    assert [r["id"] for r in records] == [f.stem for f in FILES]


def test_records_survive_markup_and_back(read):
    records, _ = read
    for record in records:
        assert build.parse(build.write(record), record["id"], "again") == record


def test_records_survive_json_lines_and_back(read, tmp_path: Path):
    records, _ = read
    source = tmp_path / "corpus.jsonl"
    source.write_text(build.to_jsonl(records[:40]), encoding="utf-8")
    assert build.main(["--from-jsonl", str(source), "--out", str(tmp_path / "back")]) == 0
    again, problems = build.read_all((tmp_path / "back").glob("*.txt"))
    assert problems == []
    assert build.to_jsonl(again) == build.to_jsonl(records[:40])


def test_the_schema_lists_the_labels_of_the_library():
    from eventrisk.labels import EventType, Reason, RiskCategory

    schema = json.loads(build.SCHEMA.read_text(encoding="utf-8"))["properties"]
    assert schema["events"]["items"]["properties"]["type"]["enum"] == list(EventType)
    assert schema["reasons"]["items"]["enum"] == list(Reason)
    assert schema["risk_clauses"]["items"]["prefixItems"][2]["items"]["enum"] == list(RiskCategory)
