"""The shipped models: they are of this data, safe to load, and better than knowing nothing."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers import SentimentClassifier, StanceClassifier, load_models, model_card
from classifiers.errors import ModelError
from classifiers.masking import OTHER, SPEAKER, TARGET, mask_text
from classifiers.models import FOLDER
from classifiers.rows import data_hash


def test_the_models_are_of_this_data() -> None:
    """A change in the labelled rows or the golden set asks for `make train`."""
    assert model_card()["data_hash"] == data_hash(), "seeds/statements or seeds/golden changed: run `make train`"


def test_the_card_beats_its_baselines() -> None:
    """The figures name n and interval, and stance is read better than by majority or by country."""
    held_out = model_card()["held_out"]
    for figures in held_out.values():
        assert figures["n"] > 0 and figures["interval"][0] <= figures["macro_f1"] <= figures["interval"][1]
    assert held_out["stance"]["interval"][0] > held_out["stance_by_country"]["interval"][1]
    assert held_out["stance"]["interval"][0] > held_out["stance_majority"]["interval"][1]


def test_models_are_small() -> None:
    """All models together stay under 25 MB."""
    assert sum(file.stat().st_size for file in FOLDER.glob("*.skops")) < 25e6


def test_a_damaged_or_foreign_model_is_refused(tmp_path: Path) -> None:
    """A file that is not the one its card names is never loaded."""
    for file in FOLDER.glob("*"):
        if file.is_file():
            shutil.copy(file, tmp_path)
    (tmp_path / "stance.skops").write_bytes(b"something else")
    with pytest.raises(ModelError, match=r"stance\.skops .*hash differs"):
        load_models(tmp_path)
    with pytest.raises(ModelError, match="make train"):
        model_card(tmp_path / "none")


@given(st.lists(st.text(max_size=60), max_size=5))
@settings(max_examples=40, deadline=None)
def test_probabilities_sum_to_one(texts: list[str]) -> None:
    """Whatever the texts, rows are distributions."""
    for model in (load_models().stance, load_models().sentiment):
        probabilities = model.predict_proba(texts)
        assert probabilities.shape == (len(texts), 3)
        assert np.allclose(probabilities.sum(axis=1), 1)


@pytest.mark.parametrize("estimator", [StanceClassifier, SentimentClassifier])
def test_estimators_fit_any_texts(estimator: type[StanceClassifier]) -> None:
    """scikit-learn's contract on a small set: fit, predict, clone, and a better guess than chance on what was seen."""
    from sklearn.base import clone

    texts = ["أحب هذا جدا", "أكره هذا جدا", "هذا جيد ورائع", "هذا سيئ ومقيت"] * 5
    labels = ["favor", "against"] * 10
    model = clone(estimator(min_df=1)).fit(texts, labels)
    assert list(model.classes_) == ["against", "favor"]
    assert (model.predict(texts) == labels).mean() == 1
    assert json.dumps(model.predict(["هذا رائع"]).tolist())


def test_names_are_masked() -> None:
    """The model sees neither the speaker nor which side is which."""
    text = mask_text("قال لافروف إن روسيا تدعم كوريا الشمالية رغم واشنطن", "لافروف", ("RU", "KP"))
    assert text == f"قال {SPEAKER} ان {TARGET} تدعم {TARGET} رغم {OTHER}"


def test_an_explanation_names_every_word() -> None:
    """Occlusion gives each word a weight; the words of concern push against."""
    weights = dict(load_models().stance.explain_stance("اعرب SPEAKER عن قلقه البالغ من TARGET"))
    assert set(weights) == {"اعرب", "SPEAKER", "عن", "قلقه", "البالغ", "من", "TARGET"}
    assert weights["قلقه"] < 0
