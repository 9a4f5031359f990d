"""The tone of a text, whatever its target: texts go in, probabilities over positive, negative and neutral come out."""

from __future__ import annotations

from classifiers.stance import TextClassifier


class SentimentClassifier(TextClassifier):
    """Sentiment of a text: positive, negative or neutral."""
