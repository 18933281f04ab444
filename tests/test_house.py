"""The house: an import goes down, or along inside its own package; the map in portal/__init__.py says where that is."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import portal

ROOT = Path(portal.__file__).parent
FILES = sorted(file for file in ROOT.rglob("*.py") if "migrations" not in file.parts)


def name_of(file: Path) -> str:
    parts = file.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


TREES = {name_of(file): ast.parse(file.read_text()) for file in FILES}
CODE = {name: ast.unparse(tree) for name, tree in TREES.items()}


def floors() -> dict[str, int]:
    """What the map says: `web` and `app` to their floors."""
    rows = re.findall(r"^\| (\d+) \| (.+) \|$", portal.__doc__, re.MULTILINE)
    return {
        name.rstrip("/"): int(floor)
        for floor, words in rows
        for name in re.findall(r"`(\w+/?)`", words.partition(":")[0])
    }


def imports(tree: ast.AST) -> set[str]:
    """The modules of ours that are imported, `from portal import audit` as portal.audit."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "portal":
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                found.add(whole if whole in TREES else node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.split(".")[0] == "portal"}
    return found


def part_of(module: str) -> str:
    """The entry of the map that a module belongs to."""
    return module.split(".")[1] if "." in module else ""


EDGES = [(module, other) for module, tree in TREES.items() for other in imports(tree) - {"portal"}]


def test_every_module_has_its_floor_on_the_map():
    assert {part_of(module) for module in TREES} - {""} == floors().keys()


def test_an_import_goes_down_or_along_inside_its_own_package():
    map_ = floors()
    wrong = [(here, there) for here, there in EDGES if not may_import(map_, part_of(here), part_of(there))]
    assert [f"{here} imports {there}" for here, there in wrong] == []


def may_import(map_: dict[str, int], here: str, there: str) -> bool:
    return here == there or map_.get(there, 99) < map_.get(here, -1)


def test_the_top_of_the_house_can_be_seen_at_a_glance():
    assert len([file for file in ROOT.glob("*.py") if file.stem != "__init__"]) <= 11


def test_production_loads_nothing_of_the_demo():
    load = "import sys, portal.app; print(*(name for name in sys.modules if name.startswith('portal.demo')))"
    loaded = subprocess.run([sys.executable, "-c", load], capture_output=True, text=True, check=True, cwd=ROOT.parent)
    assert loaded.stdout.split() == []


def test_there_is_no_circle_of_imports():
    waiting, done = {name: imports(tree) - {name, "portal"} for name, tree in TREES.items()}, set()
    while ready := {name for name, needs in waiting.items() if needs <= done}:
        done |= ready
        waiting = {name: needs for name, needs in waiting.items() if name not in ready}
    assert waiting == {}


def test_a_room_never_imports_a_room():
    rooms = [(here, there) for here, there in EDGES if there.startswith("portal.web") and has_routes(there)]
    assert [f"{here} imports {there}" for here, there in rooms if here.startswith("portal.web")] == []


def has_routes(module: str) -> bool:
    return "Blueprint(" in CODE[module]


def libraries(tree: ast.AST) -> set[str]:
    known = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    known |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in known}


def test_the_domain_does_not_know_the_web():
    web = {"flask", "flask_login", "flask_wtf", "werkzeug", "wtforms", "jinja2", "markupsafe"}
    above = ("web", "app", "demo")
    domain = {name: libraries(tree) & web for name, tree in TREES.items() if part_of(name) not in above}
    assert {name: known for name, known in domain.items() if known} == {}


def test_imports_stand_on_top_of_the_file():
    inside = {
        name: [
            node.lineno
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom) and node not in tree.body
        ]
        for name, tree in TREES.items()
    }
    assert {name: lines for name, lines in inside.items() if lines} == {}


def test_types_are_not_imported_for_types_alone():
    assert [name for name, code in CODE.items() if "TYPE_CHECKING" in code] == []


def test_every_module_says_what_it_is():
    said = {name: ast.get_docstring(tree) or "" for name, tree in TREES.items()}
    assert [name for name, words in said.items() if words[-1:] not in (".", "!", "?")] == []


def test_only_the_settings_read_the_environment():
    reading = {name for name, code in CODE.items() if re.search(r"\benviron\b|getenv", code)}
    assert reading <= {"portal.app", "portal.cli", "portal.config", "portal.commands.common"}


def test_only_the_clock_asks_for_the_time():
    asking = {
        name for name, code in CODE.items() if re.search(r"datetime\.(utc)?now\(|time\.time\(|date\.today\(", code)
    }
    assert asking == {"portal.clock", "portal.demo.clock"}


def test_chance_comes_from_the_system_alone():
    assert not [name for name, code in CODE.items() if re.search(r"^(import|from) random\b", code, re.MULTILINE)]


def test_a_link_is_found_by_its_token_in_one_place_alone():
    finding = {name for name, code in CODE.items() if "Link.find(" in code}
    spending = {name for name, code in CODE.items() if "link.spend(" in code}
    assert finding == {"portal.telling.links"}
    assert spending == {"portal.telling.links", "portal.companies.invitations"}  # who withdraws one has no token


def test_htmx_is_known_to_the_hall_alone():
    knowing = {name for name, code in CODE.items() if "HX-" in code}
    assert knowing <= {"portal.web.htmx", "portal.demo.gallery.player"}
