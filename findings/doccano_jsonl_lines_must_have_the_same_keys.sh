#!/usr/bin/env bash
# doccano imports no example at all of a JSON Lines file in which one line has a metadata key that another lacks: the file becomes a
# data frame, the missing value NaN, and SQLite refuses NaN as JSON. With null in its place everything is imported.
#
# doccano 1.8.4 with SQLite, Python 3.11, 2026-11-30:
#   a key missing: CHECK constraint failed: (JSON_VALID("meta") OR "meta" IS NULL), 0 examples
#   null instead: no error, 2 examples
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check doccano==1.8.4 'marshmallow<4' 'numpy<2'
export HOME="$work" DOCCANO_HOME="$work" DATABASE_URL="sqlite:///$work/db.sqlite3" MEDIA_ROOT="$work/media"
export STANDALONE=True DJANGO_SETTINGS_MODULE=config.settings.production
"$work/venv/bin/doccano" init > "$work/init" 2>&1 || { cat "$work/init"; exit 1; }
cat > "$work/run.py" <<'PYTHON'
import json
import sys
import tempfile
from pathlib import Path

import backend

sys.path.insert(0, str(Path(backend.__file__).parent))
import django

django.setup()
from django.contrib.auth.models import User
from django.db import IntegrityError

from data_import.datasets import load_dataset
from data_import.pipeline.catalog import JSONL
from data_import.pipeline.readers import FileName
from examples.models import Example
from labels.models import Span
from projects.models import IntentDetectionAndSlotFillingProject, SequenceLabelingProject

user = User.objects.create(username="ann")


def load(project, *lines):
    file = Path(tempfile.mkdtemp()) / "in.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    names = [FileName(str(file), "in", "in.jsonl")]
    dataset = load_dataset(project.project_type, JSONL(), names, project)
    dataset.save(user)
    return dataset.errors


def project(name):
    return SequenceLabelingProject.objects.create(
        name=name, project_type="SequenceLabeling", created_by=user
    )


first = {"text": "Velorin may fail.", "label": [[0, 7, "drug"]]}
second = {"text": "Nothing here.", "label": [], "date": "2026-01-02"}
one = project("one")
try:
    said = load(one, first, second)
except IntegrityError as error:
    said = error
print(f"a key missing: {said}, {Example.objects.filter(project=one).count()} examples")
two = project("two")
said = load(two, {**first, "date": None}, second) or "no error"
print(f"null instead: {said}, {Example.objects.filter(project=two).count()} examples")
PYTHON
"$work/venv/bin/python" "$work/run.py" > "$work/out" 2> "$work/err" || { tail "$work/err"; exit 1; }
cat "$work/out"
diff "$work/out" - <<'SEEN'
a key missing: CHECK constraint failed: (JSON_VALID("meta") OR "meta" IS NULL), 0 examples
null instead: no error, 2 examples
SEEN
