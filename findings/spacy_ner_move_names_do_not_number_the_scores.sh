#!/usr/bin/env bash
# spaCy: ``EntityRecognizer.move_names`` lists the transitions of an NER, in the order in which its model scores them, but for one: a
# transition that forbids a token any entity has no label and is left out. So the place of a name in the list is not the place of its
# score; the names behind the gap are off by one, and a matrix of scores read by them gives other entities, without an error. In order
# and whole the names come from the transition system, ``moves.get_class_name(n)`` for n below ``moves.n_moves``.
#
# spaCy 3.8.18, Python 3.11, 2026-12-01, an NER with the labels A and B:
#   move_names 9, scores 10
#   not in move_names: U- at 8, O at 8 in move_names and at 9 among the scores
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check spacy==3.8.18
cat > "$work/run.py" <<'PYTHON'
import spacy
from spacy.training import Example

nlp = spacy.blank("en")
ner = nlp.add_pipe("ner")
text = "one two"
doc = nlp.make_doc(text)
nlp.initialize(lambda: [Example.from_dict(doc, {"entities": [(0, 3, "A"), (4, 7, "B")]})])

listed = list(ner.move_names)
scored = [ner.moves.get_class_name(n) for n in range(ner.moves.n_moves)]
print(f"move_names {len(listed)}, scores {ner.model.get_ref('upper').get_dim('nO')}")
missing = [name for name in scored if name not in listed]
places = ", ".join(f"{name} at {scored.index(name)}" for name in missing)
print(
    f"not in move_names: {places}, "
    f"O at {listed.index('O')} in move_names and at {scored.index('O')} among the scores"
)
PYTHON
"$work/venv/bin/python" "$work/run.py" > "$work/seen" 2> "$work/errors" || { cat "$work/errors"; exit 1; }
cat "$work/seen"
cat > "$work/expected" <<'TEXT'
move_names 9, scores 10
not in move_names: U- at 8, O at 8 in move_names and at 9 among the scores
TEXT
diff "$work/expected" "$work/seen"
