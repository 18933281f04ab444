"""A browser that follows links and forms by the words on them, as a person does, with htmx or without.

Every page that it opens is inspected. What it cannot find, or finds twice, fails the test.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from house.inspection import inspect
from house.tree import Element, read


class Browser:
    def __init__(self, client: FlaskClient, *, htmx: bool = False) -> None:
        self.client, self.htmx = client, htmx
        self.page = Element("", {})
        self.response: Any = None
        self.path = self.csrf = ""

    def __repr__(self) -> str:
        return f"<{self.path} {self.status}: {self.text}>"

    # What a person does

    def opens(self, path: str, **headers: str) -> Browser:
        return self.shows(self.client.get(path, headers=headers, follow_redirects=True))

    def clicks(self, label: str) -> Browser:
        """Follow the link, or press the button, with these words."""
        found = self.only("link or button", label, [*self.page.every("a", href=True), *self.page.every("button")])
        return self.presses(label) if found.tag == "button" else self.opens(self.at(found.attrs["href"]))

    def fills(self, label: str, text: str) -> Browser:
        field = self.field(label)
        assert field.tag in ("input", "textarea"), f"{label} cannot be typed into"
        field.attrs["value"] = text
        return self

    def chooses(self, option: str, among: str = "") -> Browser:
        """A radio card by its words, or an option of the list called `among`."""
        if among:
            options = list(self.field(among).every("option"))
            for each in options:
                each.attrs.pop("selected", None)
            self.only("option", option, options).attrs["selected"] = ""
            return self
        radios = [label for label in self.page.every("label") if label.first("input", type="radio")]
        chosen = self.only("choice", option, radios).first("input")
        for each in chosen.around("form").every("input", type="radio", name=chosen.attrs["name"]):
            each.attrs.pop("checked", None)
        chosen.attrs["checked"] = ""
        return self

    def presses(self, label: str) -> Browser:
        """Send the form around the button with these words, with all that is in it."""
        button = self.only("button", label, [*self.page.every("button", type="submit")])
        form = button.around("form")
        data = fields_of(form)
        if button.attrs.get("name"):
            data[button.attrs["name"]] = button.attrs.get("value", "")
        if form.attrs.get("method") != "post":
            return self.shows(self.client.get(self.at(form.attrs["action"]), query_string=data))
        return self.posts(form.attrs["action"], data, swap=self.htmx and "hx-post" in form.attrs)

    def posts(self, path: str, data: dict[str, str], *, swap: bool = False) -> Browser:
        headers = {"HX-Request": "true", "HX-Target": "main#main"} if swap else {}
        answer = self.client.post(self.at(path), data=data, headers=headers, follow_redirects=True)
        if "HX-Redirect" in answer.headers:
            return self.opens(answer.headers["HX-Redirect"])
        return self.swaps(answer) if swap else self.shows(answer)

    def sends(self, path: str, data: dict[str, str] | None = None, **more: Any) -> TestResponse:
        """A POST that no form of the page makes, with the page's own CSRF token; nothing is followed."""
        return self.client.post(path, data={"csrf_token": self.csrf, **(data or {})}, **more)

    # What a person sees

    def sees(self, *words: str) -> Browser:
        for each in words:
            assert each in self.text, f"{each!r} is not on the page: {self!r}"
        return self

    def does_not_see(self, *words: str) -> Browser:
        for each in words:
            assert each not in self.text, f"{each!r} is on the page: {self!r}"
            assert each not in self.html, f"{each!r} is hidden in the page at {self.path}"
        return self

    @property
    def status(self) -> int:
        return self.response.status_code if self.response else 0

    @property
    def html(self) -> str:
        return self.response.text

    @property
    def text(self) -> str:
        return self.page.text

    @property
    def heading(self) -> str:
        return self.page.first("h1").text

    @property
    def alert(self) -> str:
        return " ".join(each.text for each in self.page.every(role="alert"))

    @property
    def status_line(self) -> str:
        return " ".join(each.text for each in self.page.every(role="status"))

    def error_beside(self, label: str) -> str:
        """The sentences that the field called `label` is described by and that are alerts."""
        ids = self.field(label).attrs.get("aria-describedby", "").split()
        return " ".join(each.text for each in self.page.every(role="alert") if each.attrs.get("id") in ids)

    def value(self, label: str) -> str:
        return value_of(self.field(label)) or ""

    # How it finds its way

    def shows(self, answer: TestResponse) -> Browser:
        self.response, self.path = answer, answer.request.path
        assert answer.mimetype == "text/html", f"{self.path} is {answer.status} {answer.mimetype}"
        return self.looks_at(read(answer.text))

    def swaps(self, answer: TestResponse) -> Browser:
        """Put the <main> that came in the place of the present one, as htmx does."""
        self.response, self.path = answer, answer.request.path
        part = read(answer.text)
        assert [each.tag for each in part.children if isinstance(each, Element)] == ["title", "main"], self.html
        for tag in ("title", "main"):
            self.page.first(tag).replace(part.first(tag))
        return self.looks_at(self.page)

    def looks_at(self, page: Element) -> Browser:
        inspect(page)
        self.page = page
        token = page.first("input", name="csrf_token")
        self.csrf = token.attrs["value"] if token else self.csrf
        return self

    def at(self, url: str) -> str:
        """An address of the page as a path of ours."""
        parts = urlsplit(url)
        assert not parts.netloc, f"{url} leads to another host"
        return (parts.path or self.path) + (f"?{parts.query}" if parts.query else "")

    def field(self, label: str) -> Element:
        labels = [each for each in self.page.every("label") if not each.first("input", type="radio")]
        found = self.only("field", label, labels)
        named = self.page.first(id=found.attrs["for"]) if "for" in found.attrs else None
        return named or found.first("input", "select", "textarea")

    def only(self, what: str, label: str, among: list[Element]) -> Element:
        """The one with exactly these words, or else the one that begins with them."""
        exact = [each for each in among if words_of(each) == label]
        found = exact or [each for each in among if words_of(each).startswith(f"{label} ")]
        assert len(found) == 1, f"{len(found)} times the {what} {label!r} among {[each.text for each in among]}"
        return found[0]


def words_of(element: Element) -> str:
    return element.text.removesuffix("(optional)").strip()


def fields_of(form: Element) -> dict[str, str]:
    """What a browser would send: every field with a name, as it stands."""
    fields = [each for each in form.every("input", "select", "textarea") if each.attrs.get("name")]
    values = [(each.attrs["name"], value_of(each)) for each in fields]
    return {name: value for name, value in values if value is not None}


def value_of(field: Element) -> str | None:
    if field.tag == "select":
        options = list(field.every("option"))
        chosen = next((each for each in options if "selected" in each.attrs), options[0])
        return chosen.attrs.get("value", chosen.text)
    if field.attrs.get("type") in ("radio", "checkbox"):
        return field.attrs.get("value", "on") if "checked" in field.attrs else None
    if field.tag == "textarea" and "value" not in field.attrs:
        return "".join(map(str, field.children)).removeprefix("\n")
    return field.attrs.get("value", "")
