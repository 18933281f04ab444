"""A page as a tree, read by the standard library's parser. A tag that is closed in the wrong place raises."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
INLINE = {"a", "abbr", "code", "del", "em", "i", "ins", "label", "span", "strong", "svg", "time", "use"}
SILENT = {"script", "style", "head", "template", "svg"}


class Element:
    def __init__(self, tag: str, attrs: dict[str, str], parent: Element | None = None) -> None:
        self.tag, self.attrs, self.parent = tag, attrs, parent
        self.children: list[Element | str] = []

    def every(self, *tags: str, **attrs: object) -> Iterator[Element]:
        """The elements below, in the order of the page; `name=True` asks that an attribute is there."""
        for child in self.children:
            if isinstance(child, Element):
                if (not tags or child.tag in tags) and all(child.has(*each) for each in attrs.items()):
                    yield child
                yield from child.every(*tags, **attrs)

    def has(self, name: str, wanted: object) -> bool:
        name = name.rstrip("_").replace("_", "-")
        return name in self.attrs and (wanted is True or self.attrs[name] == wanted)

    def first(self, *tags: str, **attrs: object) -> Element | None:
        return next(self.every(*tags, **attrs), None)

    def around(self, *tags: str) -> Element | None:
        """The nearest element around this one with such a tag."""
        outer = self.parent
        while outer is not None and outer.tag not in tags:
            outer = outer.parent
        return outer

    @property
    def text(self) -> str:
        return " ".join("".join(self.words()).split())

    def words(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in SILENT:
                space = "" if child.tag in INLINE else " "
                yield space + "".join(child.words()) + space

    def replace(self, other: Element) -> None:
        """Put `other` where this one stands."""
        at = self.parent.children.index(self)
        self.parent.children[at], other.parent = other, self.parent


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.here = Element("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        assert len(element.attrs) == len(attrs), f"<{tag}> says an attribute twice: {attrs}"
        self.here.children.append(element)
        if tag not in VOID:
            self.here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.here = self.here.parent

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.here.tag, f"</{tag}> closes <{self.here.tag}>"
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def read(html: str) -> Element:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.here is reader.root, f"<{reader.here.tag}> is never closed"
    return reader.root
