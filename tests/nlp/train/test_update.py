"""The main NER trained on: rehearsal keeps old labels alive, the best epoch is kept, an interrupt
is survived.
"""

from __future__ import annotations

import pytest
from spacy.language import Language

from eventrisk.names.augment import Labelled
from eventrisk.nlp.pipeline import assemble
from eventrisk.nlp.train.ner import NerSettings, example, train_ner
from eventrisk.nlp.train.update import UpdateSettings, label_scores, update_ner
from eventrisk.stopping import Scores

OLD_NAMES = ("Qaltrexor", "Zimbrelto", "Vontarry", "Pelquinza", "Drostivo", "Hexamir")
NEW_NAMES = ("north star panel", "south gate panel", "east bridge panel", "west tower panel")


def old() -> list[Labelled]:
    texts = (f"Patients took {name} for a year." for name in OLD_NAMES)
    return [
        Labelled(text, ((14, 14 + len(name), "drug"),))
        for text, name in zip(texts, OLD_NAMES, strict=True)
    ]


def new() -> list[Labelled]:
    texts = (f"The matter went to the {name} today." for name in NEW_NAMES)
    return [
        Labelled(text, ((23, 23 + len(name), "agency"),))
        for text, name in zip(texts, NEW_NAMES, strict=True)
    ]


def score(nlp: Language, texts: list[Labelled]) -> Scores:
    labels = frozenset(nlp.get_pipe("ner").labels)  # type: ignore[attr-defined]
    return label_scores(nlp, [example(nlp, text) for text in texts], labels)


@pytest.fixture(scope="module")
def base() -> tuple[Language, bytes]:
    made = assemble()
    train_ner(
        made,
        [*old() * 4, Labelled("An agency.", ((3, 9, "agency"),))],
        (),
        NerSettings(epochs=15, batch_words=60),
    )
    return made, made.get_pipe("ner").to_bytes()  # type: ignore[attr-defined]


@pytest.fixture
def nlp(base: tuple[Language, bytes]) -> Language:
    base[0].get_pipe("ner").from_bytes(base[1])  # type: ignore[attr-defined]
    return base[0]


def settings(**changes: float) -> UpdateSettings:
    return UpdateSettings(
        **{"epochs": 30, "batch_words": 60, "learn_rate": 0.005, "patience": 30, **changes}
    )  # type: ignore[arg-type]


def weights(nlp: Language) -> list[bytes]:
    nodes = nlp.get_pipe("ner").model.walk()  # type: ignore[attr-defined]
    return [
        node.get_param(name).tobytes()
        for node in nodes
        for name in node.param_names
        if node.has_param(name)
    ]


def test_rehearsal_keeps_an_old_label_alive(nlp: Language) -> None:
    before = score(nlp, old())["f"]
    trained = update_ner(nlp, new() * 3, old(), settings(), dev=new())
    assert trained.scores["f"] > 0.9 > trained.history[0][2]["f"]
    assert before > 0.9
    assert score(nlp, old())["r"] == 1.0


def test_the_start_is_kept_where_nothing_was_better(nlp: Language) -> None:
    before = weights(nlp)
    trained = update_ner(nlp, old(), old(), settings(epochs=2), dev=old())
    assert trained.history[0][2]["f"] == 1.0
    assert trained.step == 0
    assert weights(nlp) == before


def test_an_interrupt_keeps_the_best_so_far(nlp: Language) -> None:
    def report(step: int, loss: float, scores: Scores | None) -> None:
        if step == 6:
            raise KeyboardInterrupt

    trained = update_ner(nlp, new() * 3, old(), settings(), dev=new(), callback=report)
    assert trained.ended == "interrupt"
    assert trained.step < 6
    assert trained.scores["f"] == max(scores["f"] for *_, scores in trained.history)


def test_a_used_up_budget_ends_it_and_the_model_works(nlp: Language) -> None:
    trained = update_ner(nlp, new(), old(), settings(time_budget=0), dev=new())
    assert trained.ended == "budget"
    assert len(trained.history) == 2
    assert score(nlp, old())["f"] > 0.5


def test_same_data_and_seed_give_the_same_weights() -> None:
    made = []
    for _ in range(2):
        nlp = assemble()
        train_ner(nlp, old(), (), NerSettings(epochs=2))
        update_ner(nlp, old(), old(), settings(epochs=2), dev=new())
        made.append(weights(nlp))
    assert made[0] == made[1]
