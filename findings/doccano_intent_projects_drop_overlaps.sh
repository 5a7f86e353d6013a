#!/usr/bin/env bash
# doccano: a project of the type Intent Detection and Slot Filling drops overlapping spans at the import, without an error. Its
# neighbour Sequence Labeling has a setting for them (allow_overlapping); this type has none, and the interface of the server takes
# the setting and forgets it.
#
# doccano 1.8.4, Python 3.11, 2026-11-30:
#   Sequence Labeling, allow_overlapping: [(0, 15), (8, 15)]
#   Intent Detection and Slot Filling, allow_overlapping: [(0, 15)], errors []
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


from projects.serializers import ProjectPolymorphicSerializer


def project(kind):
    given = {
        "name": kind, "description": "x", "project_type": kind, "resourcetype": f"{kind}Project",
        "allow_overlapping": True,
    }
    serializer = ProjectPolymorphicSerializer(data=given)
    serializer.is_valid(raise_exception=True)
    return serializer.save(created_by=user)


def spans(made):
    found = Span.objects.filter(example__project=made).order_by("start_offset")
    return [(span.start_offset, span.end_offset) for span in found]


text, rows = "Velorin tablets may fail.", [[0, 15, "product"], [8, 15, "form"]]
sequence = project("SequenceLabeling")
load(sequence, {"text": text, "label": rows})
print("Sequence Labeling, allow_overlapping:", spans(sequence))
intent = project("IntentDetectionAndSlotFilling")
errors = load(intent, {"text": text, "entities": rows, "cats": ["down"]})
print("Intent Detection and Slot Filling, allow_overlapping:", f"{spans(intent)}, errors {errors}")
PYTHON
"$work/venv/bin/python" "$work/run.py" > "$work/out" 2> "$work/err" || { tail "$work/err"; exit 1; }
cat "$work/out"
diff "$work/out" - <<'SEEN'
Sequence Labeling, allow_overlapping: [(0, 15), (8, 15)]
Intent Detection and Slot Filling, allow_overlapping: [(0, 15)], errors []
SEEN
