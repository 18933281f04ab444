"""Looking at a page as those do who need it most: with axe, in light and dark, and on a narrow screen."""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Everything once; in the dark only what depends on colours.
RULES = {
    "light": {"resultTypes": ["violations"]},
    "dark": {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]},
}
AXE = Axe().axe_script
UNLIKE = re.compile(r' (?!class|role|type|aria-invalid|aria-disabled|disabled)[a-z-]+(="[^"]*")?')
NARROW = {"width": 320, "height": 640}

FINDINGS = """async (options) => (await axe.run(options)).violations.flatMap((found) =>
    found.nodes.map((node) => `${found.id}: ${node.html.slice(0, 160)}: ${node.failureSummary}`))"""
TOO_WIDE = """() => document.documentElement.scrollWidth > innerWidth &&
    [...document.querySelectorAll("main *")].filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
    .map((each) => each.outerHTML.slice(0, 160)).slice(0, 3).concat(`${document.documentElement.scrollWidth} pixels`)"""


def faults_of(page: Page) -> list[str]:
    """What is wrong with the page as it stands there, in words; nothing at all is what is expected."""
    wide = page.viewport_size
    found = []
    page.evaluate(AXE)
    for scheme, options in RULES.items():
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {each}" for each in page.evaluate(FINDINGS, options)]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(NARROW)
    found += [f"wider than {NARROW['width']} pixels: {each}" for each in page.evaluate(TOO_WIDE) or []]
    page.set_viewport_size(wide)
    where = page.url.partition("://")[2].partition("/")[2]
    return [f"/{where}: {each}" for each in found]


def structure(html: str) -> tuple[str, frozenset[str]]:
    """What two pages have in common that differ in words and numbers alone."""
    kept = {UNLIKE.sub("", tag) for tag in re.findall(r"<[a-z][^>]*>", html)}
    heading = re.search(r"<h1>(.*?)</h1>", html)
    return (heading[1] if heading else "", frozenset(kept))
