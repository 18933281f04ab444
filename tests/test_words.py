"""The words: every sentence of the templates goes through the catalogues, and a translation keeps its placeholders."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from jinja2 import nodes

import portal

ROOT = Path(portal.__file__).parents[1]
SAMPLES = "examples.html"  # shows a component to those who work on it, with words that say nothing
TEMPLATES = sorted(
    str(file.relative_to(ROOT / "templates")) for file in (ROOT / "templates").rglob("*.html") if file.name != SAMPLES
)
CATALOGUES = sorted((ROOT / "translations").glob("*.po"))

SAME_EVERYWHERE = {"UTC"}
HOLE = "\0"  # where a template puts in a value
CLASS_OF_THE_PAGE = "character"  # a block that holds no words
READ_ALOUD = r"""\b(?:aria-label|alt|title|placeholder|data-(?:done|ended|awake|ready|name))="([^"]*)\""""
ADDRESSES = {"url_for", "asset"}
HAS_WORDS = re.compile(r"[^\W\d_]")
A_SENTENCE = re.compile(r"^“?[A-Z]\S*[a-z’]|^[A-Z] [a-z]|[a-z’]{2,}[,;:.]? [^\W\d_]+|^\([a-z]|: $")
MARKUP = re.compile(r"^<[a-z]|[{}#*=]|^[\w./-]+\.html$")

# Strings of more than one word that nobody reads: where a macro or a filter takes them, by what they are for.
CLASSES = re.compile(
    r"^(?:button|card|field|notice|tag|emblem|rows|quiet|danger|full|form|people|text|class)\b[ \w=-]*$"
)
SWAPS = re.compile(r"^(?:outerMorph|outerHTML|every|submit)\b")
NAMES = {"failed verification", "RadioField", "BooleanField"}  # of a unit in the help, of classes in a library


@pytest.fixture(scope="module")
def trees(program):
    read = program.jinja_env.parse
    return {name: read((ROOT / "templates" / name).read_text(), name) for name in TEMPLATES}


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_word_stands_bare_in_a_template(trees, name):
    bare = [each for each in text_of(trees[name]) if HAS_WORDS.search(without_names(each))]
    assert not bare, f"{name}: use _() or {{% trans %}} for {bare}"


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_is_read_aloud_is_translated(trees, name):
    bare = [each for each in re.findall(READ_ALOUD, markup_of(trees[name])) if HAS_WORDS.search(each.replace(HOLE, ""))]
    assert not bare, f"{name}: use _() for {bare}"


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_a_macro_is_told_to_say_is_translated(trees, name):
    bare = [each for each in strings_outside(trees[name]) if is_sentence(each)]
    assert not bare, f"{name}: use _() for {bare}"


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.stem)
def test_a_translation_has_the_placeholders_of_its_sentence(file):
    with file.open("rb") as words:
        catalogue = read_po(words, locale=file.stem)
    wrong = {}
    for message in sorted(messages(), key=str):
        forms = message if isinstance(message, tuple) else (message,)
        said = catalogue.get(forms[0])
        for text in translations(said.string if said else ""):
            if placeholders(text) - {"num"} != placeholders(*forms) - {"num"}:
                wrong[forms[0]] = text
    assert not wrong


def test_every_sentence_takes_what_it_is_given():
    for message in messages():
        for text in message if isinstance(message, tuple) else (message,):
            assert text % dict.fromkeys(placeholders(text), "x")


def test_the_sentences_of_the_templates_are_found():
    assert {"Send code", "Skip to the main part", ("%(num)s minute", "%(num)s minutes")} <= messages()


def text_of(tree):
    """What stands between the tags, in pieces."""
    whole = re.sub(r"<[^>]*>", "\n", markup_of(tree))
    return [each.strip() for each in re.split(rf"[\n{HOLE}]", whole) if each.strip()]


def markup_of(tree):
    """A template as it is written, a hole for each value and each sentence that is translated."""
    return "".join(pieces(tree)).replace("&amp;", "&").replace("&gt;", ">").replace("<!doctype html>", "")


def pieces(node):
    if isinstance(node, nodes.TemplateData):
        yield node.data
    elif isinstance(node, nodes.Block) and node.name == CLASS_OF_THE_PAGE:
        yield HOLE
    elif isinstance(node, nodes.Output | nodes.Template | nodes.Stmt):
        for child in node.iter_child_nodes():
            yield from pieces(child)
    elif isinstance(node, nodes.Expr):
        yield HOLE


def without_names(text):
    return " ".join(word for word in re.findall(r"\w+", text) if word not in SAME_EVERYWHERE)


def strings_outside(node):
    """The strings that are told to anything but the catalogues."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    for part in parts_with_words(node):
        yield from strings_outside(part)


def parts_with_words(node):
    """The parts of it in which a sentence would be one for people."""
    if isinstance(node, nodes.Extends | nodes.FromImport | nodes.Import | nodes.Include):
        return []
    if isinstance(node, nodes.Pair):  # of a dictionary
        return [node.value]
    called = getattr(node.node, "name", "") if isinstance(node, nodes.Call) else ""
    if called in ADDRESSES:
        return []
    said = {"_": 1, "gettext": 1, "ngettext": 2}.get(called, 0)
    return [*node.args[said:], *node.kwargs] if said else list(node.iter_child_nodes())


def is_sentence(text):
    nobody_reads = MARKUP.search(text) or CLASSES.match(text) or SWAPS.match(text) or text in NAMES
    return not nobody_reads and A_SENTENCE.search(text)


def messages():
    """All that is marked for the catalogues: a sentence, or one with its plural."""
    with (ROOT / "translations" / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    words = {"_": None, "gettext": None, "ngettext": (1, 2), "later": None}
    return {each[2] for each in extract_from_dir(str(ROOT), methods, options, keywords=words)}


def translations(said):
    return [text for text in (said if isinstance(said, tuple) else (said,)) if text]


def placeholders(*texts):
    return {name for text in texts for name in re.findall(r"%\((\w+)\)s", text)}
