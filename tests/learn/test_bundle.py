import json
import zipfile

import numpy as np
import pytest

from eventrisk.errors import ModelError, OutputError
from eventrisk.learn import bundle, store
from eventrisk.learn.save import save


def test_a_saved_bundle_is_found_by_its_directory_with_name_and_hashes(bundle_path):
    made = bundle.find(bundle_path)
    assert made.name == "mine-1.2.0"
    assert made.provenance().model_sha256 == made.sha256
    assert made.pipeline.is_dir()
    assert made.heads().risk.threshold > 0


def test_the_highest_version_of_a_name_is_taken(bundle_path, monkeypatch):
    for version in ("1.9.0", "1.10.0"):
        target = bundle_path.parent / f"mine-{version}"
        target.mkdir()
        for file in bundle_path.rglob("*"):
            if file.is_file():
                place = target / file.relative_to(bundle_path)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(file.read_bytes())
    monkeypatch.setattr(bundle, "roots", lambda: (bundle_path.parent,))
    assert bundle.find("mine").path.name == "mine-1.10.0"
    assert bundle.find("mine-1.9.0").path.name == "mine-1.9.0"


def test_an_unknown_name_says_where_was_searched_and_what_to_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelError) as said:
        bundle.find("nowhere")
    assert str(said.value) == (
        f"no model 'nowhere': there is no such folder in {tmp_path}, and no model of that name "
        f"comes with eventrisk (there is default). A model of your own is named by the folder "
        f"that `train` wrote"
    )
    (tmp_path / "mine-0.1").mkdir()
    with pytest.raises(ModelError, match=r"did you mean 'mine-0\.1'\? A model of your own is"):
        bundle.find("mine-0.2")
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "mine-0.1").mkdir()
    with pytest.raises(ModelError, match=r"did you mean 'models/mine-0\.1'\?"):
        bundle.find("models/mine")
    with pytest.raises(ModelError, match=r"did you mean 'default'\?"):
        bundle.find("defualt")


def test_a_default_that_is_not_there_is_to_be_built(tmp_path, monkeypatch):
    monkeypatch.setattr(bundle, "roots", lambda: (tmp_path,))
    with pytest.raises(ModelError, match=r"no model 'default': .*rebuild it with `make models`"):
        bundle.find("default")


def test_a_directory_without_manifest_is_no_bundle(tmp_path):
    with pytest.raises(ModelError, match=r"no manifest\.json, so this is no model bundle"):
        bundle.find(tmp_path)


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"format": 1}', '{"files": {"a": {"size": "x", "sha256": 1}}}']
)
def test_a_broken_manifest_is_one_clear_error(bundle_path, content):
    (bundle_path / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match="not a manifest of a bundle"):
        bundle.find(bundle_path)


def change_manifest(path, **keys):
    manifest = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
    (path / "manifest.json").write_text(json.dumps({**manifest, **keys}), encoding="utf-8")


def test_another_format_and_another_spacy_say_how_to_rebuild(bundle_path):
    change_manifest(bundle_path, versions={"spacy": "2.3.1"})
    with pytest.raises(ModelError, match=r"made with spaCy 2\.3\.1, here is 3\..*train it again"):
        bundle.find(bundle_path)
    change_manifest(bundle_path, format=99)
    with pytest.raises(ModelError, match="format 99, where this version reads 1"):
        bundle.find(bundle_path)


def test_another_scikit_learn_reads_the_same_bundle(bundle_path):
    manifest = json.loads((bundle_path / "manifest.json").read_text(encoding="utf-8"))
    change_manifest(bundle_path, versions={**manifest["versions"], "scikit-learn": "0.1"})
    assert bundle.find(bundle_path).heads().tone is not None


def test_an_altered_file_is_named(bundle_path):
    file = bundle_path / "risk.skops"
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    with pytest.raises(ModelError, match=r"risk\.skops was altered"):
        bundle.find(bundle_path)


def test_a_missing_file_is_named(bundle_path):
    (bundle_path / "tone.skops").unlink()
    with pytest.raises(ModelError, match=r"tone\.skops is missing"):
        bundle.find(bundle_path)


def test_a_file_that_the_manifest_does_not_list_is_named(bundle_path):
    (bundle_path / "pipeline" / "extra.py").write_text("print()", encoding="utf-8")
    with pytest.raises(ModelError, match=r"pipeline/extra\.py is not listed"):
        bundle.find(bundle_path)


def test_a_pickle_is_refused_and_leaves_nothing_behind(heads, tmp_path):
    def pickled(path):
        import pickle

        path.mkdir()
        (path / "model.pkl").write_bytes(pickle.dumps({"a": 1}))

    with pytest.raises(ModelError, match="holds a pickle"):
        save(
            tmp_path / "m-1",
            pipeline=pickled,
            heads=heads,
            card="",
            data_sha256="",
            settings={},
            metrics={},
        )
    assert list(tmp_path.iterdir()) == []


def test_a_bundle_is_replaced_as_a_whole(bundle_path, heads):
    (bundle_path / "leftover").write_text("old", encoding="utf-8")
    save(
        bundle_path,
        pipeline=lambda p: p.mkdir(),
        heads=heads,
        card="new",
        data_sha256="",
        settings={},
        metrics={},
        overwrite=True,
    )
    assert sorted(p.name for p in bundle_path.parent.iterdir()) == ["mine-1.2.0"]
    assert not (bundle_path / "leftover").exists()


def test_a_bundle_is_never_overwritten_unasked(bundle_path, heads):
    with pytest.raises(OutputError, match=r"mine-1\.2\.0: there already"):
        save(
            bundle_path,
            pipeline=lambda p: p.mkdir(),
            heads=heads,
            card="",
            data_sha256="",
            settings={},
            metrics={},
        )
    assert bundle.find(bundle_path).name == "mine-1.2.0"


def test_a_folder_without_a_version_is_version_1(tmp_path, heads):
    made = save(
        tmp_path / "mine",
        pipeline=lambda p: p.mkdir(),
        heads=heads,
        card="",
        data_sha256="",
        settings={},
        metrics={},
    )
    assert (made.path.name, made.name) == ("mine", "mine-1")


STATE = {"terms": "a\nb", "weights": np.arange(3, dtype=np.float32), "threshold": 0.5, "classes": 3}


def test_our_reader_and_skops_read_the_same(tmp_path):
    import skops.io

    store.dump(STATE, tmp_path / "x.skops")
    ours, theirs = store.load(tmp_path / "x.skops"), skops.io.load(tmp_path / "x.skops", trusted=[])
    assert ours.keys() == theirs.keys() == STATE.keys()
    assert all(np.array_equal(ours[k], theirs[k]) for k in STATE)


def test_only_strings_numbers_and_arrays_are_stored(tmp_path):
    for value in ({"a": 1}, [1], print, np.array([print], dtype=object)):
        with pytest.raises(ModelError, match="only strings, numbers and arrays"):
            store.dump({"x": value}, tmp_path / "x.skops")


@pytest.mark.parametrize("protocol", [store.PROTOCOL, store.PROTOCOL + 1])
def test_a_model_file_that_asks_for_another_type_is_refused(tmp_path, protocol):
    import skops.io
    from sklearn.base import BaseEstimator

    class Own(BaseEstimator):
        pass

    path = tmp_path / "x.skops"
    skops.io.dump({"x": Own()}, path)
    with zipfile.ZipFile(path) as archive:
        schema = json.loads(archive.read("schema.json"))
    schema["protocol"] = protocol
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("schema.json", json.dumps(schema))
    with pytest.raises(ModelError, match=r"x\.skops"):
        store.load(path)


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip"])
def test_a_file_that_is_no_model_is_one_clear_error(tmp_path, content):
    (tmp_path / "x.skops").write_bytes(content)
    with pytest.raises(ModelError, match="no readable model file"):
        store.load(tmp_path / "x.skops")


def test_a_model_that_lacks_a_part_says_so(tmp_path):
    from eventrisk.learn.tone import ToneModel

    with pytest.raises(ModelError, match="lacks or garbles 'blocks'"):
        ToneModel.from_state({"labels": "a"})
