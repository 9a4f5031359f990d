"""Labelled rows go in, fitted models with a card come out: `mawaqif train`, `make train`."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED

import numpy as np
import numpy.typing as npt
import skops.io
from scipy.special import softmax
from sklearn.dummy import DummyClassifier
from sklearn.metrics import accuracy_score, f1_score

from classifiers.clues import find_clues
from classifiers.furniture import furniture
from classifiers.golden import GoldenArticle, read_golden
from classifiers.masking import cue_signs, find_words, mask, mask_text
from classifiers.models import FOLDER
from classifiers.reading import Reading, tokens_of
from classifiers.rows import TEST_SHARE, Row, data_hash, read_rows
from classifiers.sentiment import SentimentClassifier
from classifiers.stance import StanceClassifier
from classifiers.subjects import find_subject
from classifiers.target import Setting, TargetClassifier, about_pair, pair, setting

BOOTSTRAP = 1000
SEED = 0
GOLDEN_WEIGHT = 6  # times a golden statement counts: there are few, but they are how articles really speak
LEAST_KEPT = 20  # statements that a point of the coverage curve rests on
USUAL = {"US": "against", "KR": "against", "CN": "neutral", "RU": "favor", "KP": "favor"}


def stance_rows(rows: Sequence[Row]) -> list[Row]:
    """The rows that carry a stance: on target, toward whatever pair."""
    return [row for row in rows if row.on_target]


def masked(rows: Sequence[Row]) -> list[str]:
    """What the models see of the rows."""
    return [mask_text(row.text, row.speaker, row.target) for row in rows]


def target_examples(rows: Sequence[Row]) -> tuple[list[tuple[str, Setting]], list[bool]]:
    """Masked texts with their settings, and whether each is on target, for the rows about the shipped target."""
    examples, labels = [], []
    for row in rows:
        if row.target != pair():
            continue
        reading = Reading(row.text)
        last = len(reading.words) - 1
        where = find_words(reading, row.speaker)
        # A row stands alone: its own words are all the article it has.
        examples.append((mask(reading, 0, last, where, pair()).text, setting(reading, 0, last, where, row.actor)))
        labels.append(row.on_target)
    return examples, labels


def golden_examples(articles: Sequence[GoldenArticle]) -> tuple[list[list[tuple[str, Setting]]], list[list[bool]]]:
    """The statements that people found in golden articles, as the target model sees them, with their labels."""
    examples, labels = [], []
    for golden in articles:
        reading = Reading(golden.article.text, furniture(golden.article.text))
        about = about_pair(reading)
        rows = []
        for label in golden.labels:
            first, last = tokens_of(reading, label.span)
            text = mask(reading, first, last, None, pair()).text
            rows.append((text, setting(reading, first, last, None, label.actor, about)))
        examples.append(rows)
        labels.append([label.on_target for label in golden.labels])
    return examples, labels


def fit(rows: Sequence[Row]) -> dict[str, Any]:
    """The three models fitted on rows."""
    on = stance_rows(rows)
    examples, labels = target_examples(rows)
    dev = read_golden(half="dev")[0]
    texts, stances = _stance_examples(on)
    golden_texts, golden_labels = golden_stances(dev)
    stance = StanceClassifier(C=1.0, vectors=0.8, temperature=temperature(rows))
    stance.fit(texts + golden_texts * GOLDEN_WEIGHT, stances + golden_labels * GOLDEN_WEIGHT)
    target = TargetClassifier().fit(examples, labels).fit_context(*golden_examples(dev))
    return {
        "stance": stance,
        "sentiment": SentimentClassifier().fit(masked(rows), [row.sentiment for row in rows]),
        "target": target,
    }


def macro_f1(gold: npt.ArrayLike, predicted: npt.ArrayLike, groups: Sequence[str]) -> dict[str, Any]:
    """Macro-F1 and accuracy with n and a 95 % interval from a bootstrap over groups (events hang together)."""
    gold_, predicted_, groups_ = np.asarray(gold), np.asarray(predicted), np.asarray(groups)
    names = np.unique(groups_)
    places = {name: np.flatnonzero(groups_ == name) for name in names}
    generator = np.random.default_rng(SEED)
    draws = []
    for _ in range(BOOTSTRAP):
        chosen = np.concatenate([places[name] for name in generator.choice(names, len(names))])
        draws.append(f1_score(gold_[chosen], predicted_[chosen], average="macro", zero_division=0))
    low, high = np.percentile(draws, [2.5, 97.5])
    return {
        "macro_f1": round(float(f1_score(gold_, predicted_, average="macro")), 3),
        "interval": [round(low, 3), round(high, 3)],
        "accuracy": round(float(accuracy_score(gold_, predicted_)), 3),
        "n": len(gold_),
        "groups": len(names),
    }


def temperature(rows: Sequence[Row]) -> float:
    """What divides the log-odds so that confidence is right: fitted on a quarter of the events, unseen by the model."""
    aside = [r for r in stance_rows(rows) if _quarter(r.event)]
    model = StanceClassifier(C=1.0, vectors=0.8).fit(*_stance_examples([r for r in stance_rows(rows) if not _quarter(r.event)]))
    texts, labels = _stance_examples(aside)
    odds = model.decision_function(texts)
    truth = np.searchsorted(model.classes_, labels)
    grid = np.arange(0.6, 3.01, 0.05)
    losses = [-np.log(softmax(odds / t, axis=1)[np.arange(len(truth)), truth] + 1e-12).mean() for t in grid]
    return round(float(grid[int(np.argmin(losses))]), 2)


def _quarter(event: str) -> bool:
    return int(hashlib.sha256(event.encode("utf-8")).hexdigest(), 16) // TEST_SHARE % 4 == 0


def _stance_examples(rows: Sequence[Row]) -> tuple[list[str], list[str]]:
    """Masked rows with the signs of their first cue, and their stances."""
    texts = []
    for row in rows:
        reading = Reading(row.text)
        last = len(reading.words) - 1
        clue = next(iter(find_clues(reading, 0, last + 1)), None)
        words = mask(reading, 0, last, find_words(reading, row.speaker), row.target).words
        texts.append(" ".join([*words, *cue_signs(clue.cue if clue else None)]))
    return texts, [str(row.stance) for row in rows]


def golden_stances(articles: Sequence[GoldenArticle]) -> tuple[list[str], list[str]]:
    """The on-target statements of golden articles as the stance model sees them, and their stances."""
    texts, stances = [], []
    for golden in articles:
        reading = Reading(golden.article.text, furniture(golden.article.text))
        for label in golden.labels:
            if label.on_target:
                first, last = tokens_of(reading, label.span)
                clue = next(iter(find_clues(reading, first, last + 1)), None)
                speaker = find_subject(reading, clue, first, last + 1)[0] if clue else None
                words = mask(reading, first, last, speaker, pair()).words
                texts.append(" ".join([*words, *cue_signs(clue.cue if clue else None)]))
                stances.append(str(label.stance))
    return texts, stances


def coverage(probabilities: npt.NDArray[np.floating[Any]], right: npt.NDArray[np.bool_]) -> list[dict[str, float]]:
    """For each least confidence, the share of statements that reach it and the share of these that are right."""
    confidence = probabilities.max(axis=1)
    curve = []
    for least in np.arange(0.35, 1.0, 0.05):
        kept = confidence >= least
        if kept.sum() >= LEAST_KEPT:
            curve.append(
                {
                    "confidence": round(float(least), 2),
                    "coverage": round(float(kept.mean()), 3),
                    "accuracy": round(float(right[kept].mean()), 3),
                    "n": int(kept.sum()),
                }
            )
    return curve


def calibration_error(probabilities: npt.NDArray[np.floating[Any]], right: npt.NDArray[np.bool_]) -> float:
    """Expected calibration error over ten bins of confidence (Naeini, Cooper & Hauskrecht 2015)."""
    confidence = probabilities.max(axis=1)
    bins = np.minimum((confidence * 10).astype(int), 9)
    gaps = [abs(right[bins == b].mean() - confidence[bins == b].mean()) * (bins == b).sum() for b in np.unique(bins)]
    return round(float(sum(gaps) / len(right)), 3)


def is_unusual(row: Row) -> bool:
    """Whether an actor takes a side that its country usually does not."""
    return row.actor in USUAL and row.target == pair() and row.stance != USUAL[row.actor]


def evaluate_held_out(rows: Sequence[Row]) -> dict[str, Any]:
    """Figures on the held-out events, of models fitted on the others, beside two baselines."""
    train, test = [r for r in rows if r.split == "train"], [r for r in rows if r.split == "test"]
    models = fit(train)
    on_train, on = stance_rows(train), stance_rows(test)
    probabilities = models["stance"].predict_proba(_stance_examples(on)[0])
    guess = models["stance"].classes_[probabilities.argmax(axis=1)]
    gold = np.array([str(r.stance) for r in on])
    habit = {a: Counter(r.stance for r in on_train if r.actor == a).most_common(1)[0][0] for a in {r.actor for r in on_train}}
    by_country = np.array([str(habit.get(r.actor, "neutral")) for r in on])
    majority = (
        DummyClassifier().fit(np.zeros((len(on_train), 1)), [str(r.stance) for r in on_train]).predict(np.zeros((len(on), 1)))
    )
    parts = {
        "": [True] * len(on),
        "_written": [r.origin == "written" for r in on],
        "_real": [r.origin == "real" for r in on],
        "_unusual": [is_unusual(r) for r in on],
    }
    figures = {f"stance{name}": _stance_figures(on, gold, guess, np.array(part)) for name, part in parts.items() if any(part)}
    written = np.array(parts["_written"])
    figures |= {
        "stance_majority": _stance_figures(on, gold, majority, written),
        "stance_by_country": _stance_figures(on, gold, by_country, written),
    }
    examples, labels = target_examples(test)
    alone = [bool(models["target"].predict([one])[0]) for one in examples]
    figures["sentiment"] = macro_f1(
        [r.sentiment for r in test], models["sentiment"].predict(masked(test)), [r.event for r in test]
    )
    figures["target_alone"] = macro_f1(labels, alone, [r.event for r in test if r.target == pair()])
    right = guess == gold
    return {
        "figures": figures,
        "coverage": coverage(probabilities[written], right[written]),
        "calibration_error": calibration_error(probabilities[written], right[written]),
    }


def _stance_figures(
    rows: Sequence[Row], gold: npt.NDArray[Any], guess: npt.NDArray[Any], part: npt.NDArray[np.bool_]
) -> dict[str, Any]:
    return macro_f1(gold[part], guess[part], [row.event for row, inside in zip(rows, part, strict=True) if inside])


def train(folder: Path = FOLDER) -> dict[str, Any]:
    """Fit on all rows, save the models and their card, and give the card back."""
    rows = read_rows()
    evaluated = evaluate_held_out(rows)
    digest = data_hash()
    card: dict[str, Any] = {
        "version": f"{version('mawaqif')}+{digest[:8]}",
        "data_hash": digest,
        "rows": len(rows),
        "counts": {
            name: dict(sorted(Counter(str(getattr(r, name)) for r in rows).items()))
            for name in ("stance", "sentiment", "actor", "origin", "split", "form")
        },
        "stance_by_actor": {f"{a} {s}": n for (a, s), n in sorted(Counter((str(r.actor), str(r.stance)) for r in rows).items())},
        "held_out": evaluated["figures"],
        "coverage": evaluated["coverage"],
        "calibration_error": evaluated["calibration_error"],
        "coverage_of": "held-out written statements",
        "held_out_split": "one event in five, by hash; the shipped models are then fitted on all rows",
        "files": {},
    }
    for name, model in fit(rows).items():
        raw = skops.io.dumps(model, compression=ZIP_DEFLATED)
        (folder / f"{name}.skops").write_bytes(raw)
        card["files"][name] = hashlib.sha256(raw).hexdigest()
    (folder / "card.json").write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return card
