"""The house: layers, the files that a newcomer needs, and nothing that names a place of its own."""

import re
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from classifiers.errors import LexiconError
from classifiers.lexicon import lexicon

ROOT = Path(__file__).parents[1]


def test_imports_go_downward() -> None:
    """The layers of pyproject.toml hold."""
    result = subprocess.run([Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout[-2000:]


def test_the_lock_names_no_index_and_no_torch() -> None:
    """The lock holds hashes of packages, no address, and none of the neural parts."""
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert "--hash=sha256:" in lock
    assert not re.search(r"https?://|--index|--find-links", lock)
    assert not re.search(r"^(torch|transformers|camel-kenlm)==", lock, re.MULTILINE)


def test_the_lock_covers_what_is_declared() -> None:
    """Every dependency of pyproject.toml is pinned."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    for requirement in declared:
        name = re.split(r"[<>=~!\[ ]", requirement)[0]
        assert re.search(rf"^{re.escape(name)}==", lock, re.MULTILINE), name


def test_the_engine_loads_nothing_heavy() -> None:
    """Importing the engine reaches for no torch, no Streamlit, no Plotly and no camel_tools.morphology."""
    heavy = ["torch", "streamlit", "plotly", "camel_tools.morphology"]
    code = f"import sys, classifiers; print([m for m in {heavy} if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_the_lexicon_is_read_and_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake in a lexicon file names the file and the entry."""
    assert len(lexicon().cues) > 1000
    module = import_module("classifiers.lexicon")
    monkeypatch.setattr(module, "read_toml", lambda name: {"say": [{"imperfect": "يقول"}]})
    with pytest.raises(LexiconError, match=r"cues\.toml: a verb of `say` needs `perfect`"):
        module._cues(module.read_toml("cues.toml"))
