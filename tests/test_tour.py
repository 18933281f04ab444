"""The tour of the house, held to the house: whatever stands in backticks in docs/tour.md is there."""

import ast
import re

from test_faq import TESTS
from test_help import ANCHORS
from test_house import ROOT, TREES
from test_limits import numeric

from portal.record.kinds import KINDS

TOUR = (ROOT.parent / "docs" / "tour.md").read_text()
NAMED = re.findall(r"`([^`]+)`", TOUR)
PATHS = {word for word in NAMED if re.search(r"/$|\.(py|md|html)$", word)}


def names_in(body: list[ast.stmt]) -> list[str]:
    """What a module or a class has: `settle`, `Challenge`, `Challenge.spend`, a constant, a field."""
    found = []
    for node in body:
        match node:
            case ast.FunctionDef(name=name):
                found.append(name)
            case ast.ClassDef(name=name):
                found += [name, *(f"{name}.{each}" for each in names_in(node.body))]
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                found.append(name)
    return found


def whole(module: str, name: str) -> str:
    """As the tour writes it with its folder: verification/challenges.settle."""
    return f"{module.removeprefix('portal.').replace('.', '/')}.{name}"


NAMES = {whole(module, name) for module, tree in TREES.items() for name in names_in(tree.body)}
TAILS = {re.split(r"[/.]", name, maxsplit=at)[-1] for name in NAMES for at in range(4)} | NAMES


def is_there(word: str) -> bool:
    if word in PATHS:
        return any((start / word).exists() for start in (ROOT, ROOT.parent))
    if word.startswith("#"):
        return word[1:] in ANCHORS
    return word in TESTS or word in TAILS or word in KINDS or word == "pytest -k"


def test_every_path_and_every_name_of_the_tour_is_there():
    assert [word for word in NAMED if not is_there(word)] == []


def test_every_answer_of_the_help_has_its_row():
    assert re.findall(r"^\| `#([\w-]+)` \|", TOUR, re.MULTILINE) == ANCHORS


def test_every_limit_has_its_row_with_its_default():
    rows = dict(re.findall(r"^\| `Settings\.(\w+)`: ([\d ]+) \|", TOUR, re.MULTILINE))
    shown = {name: value if isinstance(value, tuple) else (value,) for name, value in numeric().items()}
    assert rows == {name: " ".join(map(str, value)) for name, value in shown.items()}


def test_every_rule_names_where_it_stands_and_a_test():
    rules = re.findall(r"^\| (.+?) \| (`.+?`) \| (.*) \|$", TOUR, re.MULTILINE)
    assert [rule for rule, _, shown in rules if not set(re.findall(r"`(\w+)`", shown)) & TESTS] == []
