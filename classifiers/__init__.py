"""Mawaqif's engine: an Arabic article goes in, records of who takes which stance come out."""

from classifiers.analysis import analyze, to_table
from classifiers.articles import article_from_text, read_articles, seed_articles
from classifiers.errors import MawaqifError, UnreadableArticle
from classifiers.models import load_models, model_card
from classifiers.records import Article, Record
from classifiers.sentiment import SentimentClassifier
from classifiers.stance import StanceClassifier

__all__ = [
    "Article",
    "MawaqifError",
    "Record",
    "SentimentClassifier",
    "StanceClassifier",
    "UnreadableArticle",
    "analyze",
    "article_from_text",
    "load_models",
    "model_card",
    "read_articles",
    "seed_articles",
    "to_table",
]
