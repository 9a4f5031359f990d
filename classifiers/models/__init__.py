"""The fitted models that ship with the program: read once, without pickle, and checked against their card."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import skops.io

from classifiers.errors import ModelError
from classifiers.sentiment import SentimentClassifier
from classifiers.stance import StanceClassifier
from classifiers.target import TargetClassifier

FOLDER = Path(__file__).resolve().parent
NAMES = ("stance", "sentiment", "target")
# Types of our own that a model file may hold; everything else skops knows to be harmless.
TRUSTED = ["classifiers.stance.StanceClassifier", "classifiers.sentiment.SentimentClassifier",
           "classifiers.target.TargetClassifier",
    "classifiers.stance.TextClassifier",
    "numpy.dtype"]


@dataclass(frozen=True, slots=True)
class Models:
    """The three estimators that score a statement, and the version that a record carries."""

    stance: StanceClassifier
    sentiment: SentimentClassifier
    target: TargetClassifier
    version: str


def model_card(folder: Path = FOLDER) -> dict[str, Any]:
    """What is known of the shipped models: version, data and its hash, figures with n and intervals.

    Raises:
        ModelError: if there is no card.
    """
    try:
        card: dict[str, Any] = json.loads((folder / "card.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{folder} needs fitted models with a card.json; {error}. Run `make train`.") from error
    return card


@cache
def load_models(folder: Path = FOLDER) -> Models:
    """The models of a folder.

    Raises:
        ModelError: if a file is absent, is not the one its card names, or holds types that are not trusted.
    """
    card = model_card(folder)
    loaded = {}
    for name in NAMES:
        file = folder / f"{name}.skops"
        try:
            raw = file.read_bytes()
            if hashlib.sha256(raw).hexdigest() != card["files"][name]:
                raise ModelError(f"{file} needs to be the file of card.json; its hash differs. Run `make train`.")
            loaded[name] = skops.io.loads(raw, trusted=TRUSTED)
        except ModelError:
            raise
        except Exception as error:  # skops raises many kinds; all mean that this file is no model of ours
            raise ModelError(f"{file} needs to be a fitted model; {type(error).__name__}: {str(error)[:120]}. Run `make train`.") from error
    return Models(**loaded, version=card["version"])
