"""A training whose base has learnt from its texts does not look better than it is."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import eventrisk
from eventrisk.heads import HEADS
from eventrisk.labelled import Labelled
from eventrisk.learn.bundle import find
from eventrisk.learn.seen_texts import SeenTexts
from eventrisk.training.train import made, trainer
from eventrisk.training.train.rehearsal import Rehearsal
from scripts.corpus import build
from small_training import releases, small_base

LABELS = ("negative", "neutral", "positive")
COUNT = 150
DRAW = random.Random(5)
RECORDS = [
    Labelled(r["id"], r["text"], sentiment=DRAW.choice(LABELS))
    for r in sorted(build.corpus(), key=lambda r: (len(r["text"]), r["id"]))[:COUNT]
]

NEW = [
    Labelled(
        r.id,
        r.text + "".join(f" It has {n}{k} patients in site {n}{k}." for k in range(20)),
        company=r.company,
        sentiment=("positive", "negative")[n % 2],
    )
    for n, r in enumerate(releases())
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def first(folder: Path) -> eventrisk.Report:
    """A head that starts from nothing, on labels that mean nothing."""
    return eventrisk.train(RECORDS, folder / "first", base=None, progress=False)


@pytest.fixture(scope="module")
def second(folder: Path, first: eventrisk.Report) -> eventrisk.Report:
    """The same labels once more, on the bundle that has learnt them by heart. Nothing is rehearsed,
    which takes long and is not measured.
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(trainer, "of_bundle", lambda bundle: Rehearsal())
        return eventrisk.train(RECORDS, folder / "second", base=folder / "first", progress=False)


def test_random_labels_measured_by_models_that_had_not_seen_them_are_chance(
    first: eventrisk.Report,
) -> None:
    found = first.figures["heads"]["sentiment"]
    assert found["n"] == COUNT
    low, high = found["intervals"]["macro_f1"]
    assert low < 1 / 3 < high
    assert first.figures["base"]["heads"] == {}
    assert "Left out of the comparison with default-0.1.0: all 150 releases" in first.card()
    assert "nothing to compare: default-0.1.0 learnt from these releases" in first.card()


def test_trained_on_a_bundle_that_learnt_them_they_do_not_look_better_than_chance(
    second: eventrisk.Report,
) -> None:
    assert second.figures["heads"] == {}
    assert second.figures["base"]["heads"] == {}
    assert second.figures["overlap"]["texts"] == COUNT
    assert "better" not in second.card()
    assert "all 150 releases, which first-1 learnt from" in second.card()


def test_the_bundle_is_made_all_the_same_and_knows_what_it_learnt_from(
    second: eventrisk.Report, folder: Path
) -> None:
    told = eventrisk.load(folder / "second")(RECORDS[0].text)
    assert set(told.sentiment.probabilities) == set(LABELS)
    known = SeenTexts.load(folder / "second")
    assert known is not None
    assert known.heads_of([RECORDS[0].text]) == [frozenset(HEADS)]  # the others are the default's
    assert known.heads_of([NEW[0].text]) == [frozenset()]


def test_new_texts_beside_old_ones_are_measured_alone(folder: Path) -> None:
    old = SeenTexts.of([r.text for r in RECORDS], [["sentiment"]] * COUNT)
    base = small_base(folder / "base", old).path
    new = NEW[:12]
    report = eventrisk.train([*RECORDS[:20], *new], folder / "third", base=base, progress=False)
    assert report.figures["n"] == 12
    assert report.figures["heads"]["sentiment"]["n"] == 12
    assert report.figures["overlap"]["heads"] == {"sentiment": 20}
    assert report.figures["base"]["heads"]["sentiment"]["n"] == 12
    assert "Left out of what is measured: 20 of 32 releases" in report.card()
    seen = SeenTexts.load(folder / "third")
    assert seen is not None
    assert seen.heads_of([new[0].text]) == [{"sentiment"}]


def test_a_test_set_is_not_among_what_the_bundle_learnt_from(folder: Path) -> None:
    some = NEW[:16]
    report = eventrisk.train(
        some[:10], folder / "fourth-2", base=None, test=some[10:], progress=False, seed=3
    )
    assert report.figures["n"] == 6
    seen = SeenTexts.load(folder / "fourth-2")
    assert seen is not None
    known = seen.heads_of([r.text for r in some])
    assert [bool(heads) for heads in known] == [True] * 10 + [False] * 6
    assert report.figures["made"]["command"] == (
        "eventrisk train records-in-memory --out fourth-2 --base none --test records-in-memory "
        "--seed 3"
    )
    assert report.figures["made"]["base_sha256"] == find().sha256
    card = (folder / "fourth-2" / "CARD.md").read_text(encoding="utf-8")
    manifest = eventrisk.load(folder / "fourth-2").bundle
    assert manifest is not None
    for part in (
        "| command | eventrisk train records-in-memory",
        "| seed | 3 |",
        f"| data, sha256 | {manifest.manifest['data_sha256']} |",
        f"spacy {manifest.manifest['versions']['spacy']}",
    ):
        assert part in card, part


@pytest.mark.parametrize(
    ("data", "options", "command"),
    [
        (
            "/a/b/my data.csv",
            {"base": None, "heads": ["tone", "risk"], "folds": 4, "seed": 0},
            "eventrisk train 'my data.csv' --out mine --base none --head tone --head risk "
            "--folds 4 --seed 0",
        ),
        (
            [Path("x/a.jsonl"), "b.jsonl"],
            {
                "base": "default",
                "heads": "auto",
                "columns": {"body": "text"},
                "labels": {"very good": "positive"},
                "format": "jsonl",
                "minutes": None,
            },
            "eventrisk train a.jsonl b.jsonl --out mine --column body=text "
            "--label 'very good=positive' --from jsonl",
        ),
    ],
)
def test_the_command_on_the_card_trains_the_same_model_and_names_no_folder(
    data: object, options: dict[str, object], command: str
) -> None:
    assert made.command_of(data, "mine", options) == command
