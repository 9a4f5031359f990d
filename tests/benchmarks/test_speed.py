"""How long an article takes, as a ratio to scikit-learn's TF-IDF transform of the same text in the same run."""

import time
from collections.abc import Callable

from sklearn.feature_extraction.text import TfidfVectorizer

from classifiers import analyze, seed_articles
from classifiers.actors import attribute
from classifiers.furniture import furniture
from classifiers.reading import Reading
from classifiers.statements import find_statements

ROUNDS = 20


def seconds(work: Callable[[], object]) -> float:
    """The median of `ROUNDS` runs after one warm-up."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return sorted(times)[ROUNDS // 2]


def test_article_to_records() -> None:
    """Prints articles a second and the ratio to the yardstick; machines are noisy, so only the order is asserted."""
    articles = seed_articles()
    vectorizer = TfidfVectorizer(ngram_range=(1, 2)).fit([article.text for article in articles])
    yardstick = seconds(lambda: vectorizer.transform([article.text for article in articles]))

    def extract() -> None:
        for article in articles:
            reading = Reading(article.text, furniture(article.text))
            attribute(reading, find_statements(reading))

    rows = {"extraction and attribution": seconds(extract), "article to records": seconds(lambda: [analyze(a) for a in articles])}
    print(f"\n{'':28} {'ms/article':>10} {'articles/s':>10} {'x TF-IDF':>9}")
    for name, taken in rows.items():
        each = taken / len(articles)
        print(f"{name:28} {each * 1000:10.2f} {1 / each:10.0f} {taken / yardstick:9.1f}")
    assert rows["extraction and attribution"] < rows["article to records"]
