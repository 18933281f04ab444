"""What is true of every page: it is looked at whenever a test opens one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from house.tree import Element

UNSEEN_INPUTS = ("hidden", "submit")


def inspect(page: Element) -> None:
    """Raise with everything that is wrong with `page`, all at once."""
    faults = [fault for check in CHECKS for fault in check(page)]
    assert not faults, "\n".join(faults)


def one_heading_that_the_title_begins_with(page: Element) -> Iterator[str]:
    headings = [each.text for each in page.every("h1")]
    title = page.first("title")
    words = " ".join("".join(map(str, title.children)).split()) if title else ""
    if len(headings) != 1 or not headings[0]:
        yield f"A page has one <h1> with words in it, not {headings}."
    elif not words.startswith(headings[0]):
        yield f"The title {words!r} does not begin with the heading {headings[0]!r}."


def ids_stand_once_and_lead_somewhere(page: Element) -> Iterator[str]:
    ids = Counter(each.attrs["id"] for each in page.every(id=True))
    yield from (f"The id {name!r} stands {count} times." for name, count in ids.items() if count > 1)
    for attribute in ("for", "aria-describedby", "aria-labelledby"):
        for each in page.every(**{attribute: True}):
            for name in set(each.attrs[attribute].split()) - ids.keys():
                yield f"{attribute}={name!r} leads nowhere."


def every_field_has_a_label(page: Element) -> Iterator[str]:
    labelled = {each.attrs["for"] for each in page.every("label", for_=True) if each.text}
    for each in page.every("input", "select", "textarea"):
        named = each.attrs.get("id") in labelled or each.around("label") or each.attrs.get("aria-label")
        if each.attrs.get("type") not in UNSEEN_INPUTS and not named:
            yield f"The field {each.attrs} has no label."


def every_form_is_whole(page: Element) -> Iterator[str]:
    for form in page.every("form"):
        if not form.attrs.get("action"):
            yield f"A form says where it goes: {form.attrs}."
        posts = form.attrs.get("method", "").lower() == "post"
        if posts and len(list(form.every("input", name="csrf_token", type="hidden"))) != 1:
            yield f"A POST form has one csrf_token: {form.attrs}."


def nothing_is_inline(page: Element) -> Iterator[str]:
    for each in page.every():
        if each.tag == "style" or (each.tag == "script" and not each.attrs.get("src")):
            yield f"<{each.tag}> stands in the page."
        for name in each.attrs:
            if name == "style" or name.startswith("on"):
                yield f"<{each.tag}> has {name}=."


def everything_swapped_has_a_plain_way_too(page: Element) -> Iterator[str]:
    for each in page.every():
        if url := each.attrs.get("hx-post"):
            form = each if each.tag == "form" else each.around("form")
            if form is None or (form.attrs.get("method"), form.attrs.get("action")) != ("post", url):
                yield f"hx-post={url!r} is on no form that posts there without htmx."
        elif url := each.attrs.get("hx-get"):
            polls = each.attrs.get("hx-trigger", "").startswith("every")
            if not polls and url not in (each.attrs.get("href"), each.attrs.get("action")):
                yield f"hx-get={url!r} is on nothing that goes there without htmx."


def pictures_and_buttons_say_what_they_are(page: Element) -> Iterator[str]:
    yield from (f"An image has an alt: {each.attrs}." for each in page.every("img") if "alt" not in each.attrs)
    for each in page.every("button"):
        if each.attrs.get("type") not in ("submit", "button"):
            yield f"The button {each.text!r} has no type."
        if not each.text and not each.attrs.get("aria-label"):
            yield f"A button has no words: {each.attrs}."
    for each in page.every("a", href=True):
        if not each.text and not each.attrs.get("aria-label"):
            yield f"A link has no words: {each.attrs}."


CHECKS = (
    one_heading_that_the_title_begins_with,
    ids_stand_once_and_lead_somewhere,
    every_field_has_a_label,
    every_form_is_whole,
    nothing_is_inline,
    everything_swapped_has_a_plain_way_too,
    pictures_and_buttons_say_what_they_are,
)
