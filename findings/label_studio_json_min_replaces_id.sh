#!/usr/bin/env bash
# Label Studio's JSON_MIN export puts the task's own number where the data has an "id"; the CSV export of the same converter,
# with the same columns, keeps the data's. Ids that must survive have to stand under another name, too.
#
# label-studio-sdk 2.1.2 (the converter within Label Studio 1.23.2), Python 3.11, 2026-11-30:
#   JSON_MIN: id 1
#   CSV: id release-7
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check label-studio-sdk==2.1.2
cat > "$work/run.py" <<'PYTHON'
import csv
import json
import sys
from pathlib import Path

from label_studio_sdk.converter import Converter

folder = Path(sys.argv[1])
config = """<View><Labels name="label" toName="text"><Label value="drug"/></Labels>
<Text name="text" value="$text"/></View>"""
region = {"start": 0, "end": 7, "text": "Velorin", "labels": ["drug"]}
result = {"id": "r", "from_name": "label", "to_name": "text", "type": "labels", "value": region}
stamp = "2026-01-02T00:00:00Z"
annotation = {
    "id": 5, "completed_by": 1, "result": [result], "was_cancelled": False,
    "created_at": stamp, "updated_at": stamp, "lead_time": 1.0,
}
data = {"text": "Velorin may fail.", "id": "release-7"}
(folder / "in.json").write_text(json.dumps([{"id": 1, "data": data, "annotations": [annotation]}]))
converter = Converter(config, project_dir=str(folder))
for name in ("JSON_MIN", "CSV"):
    converter.convert(str(folder / "in.json"), str(folder / name), name, is_dir=False)
(small,) = json.loads((folder / "JSON_MIN" / "result.json").read_text())
(row,) = csv.DictReader((folder / "CSV" / "result.csv").open())
print("JSON_MIN: id", small["id"])
print("CSV: id", row["id"])
PYTHON
"$work/venv/bin/python" "$work/run.py" "$work" > "$work/out" 2> "$work/err" || { cat "$work/err"; exit 1; }
cat "$work/out"
diff "$work/out" - <<'SEEN'
JSON_MIN: id 1
CSV: id release-7
SEEN
