"""What is true of every page of every test: it is looked at whenever a browser arrives at one.

One heading, nothing left in the browser's own stores, nothing that the console of the browser complains about
(which is where a breach of the Content-Security-Policy shows).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, WebError

# Tells of each new page: loaded, swapped in by htmx, or taken out of the back-forward cache.
TELL = """(() => {
  let main;
  const tell = (how) => {
    const before = main;
    main = document.querySelector("main");
    if (document.contentType !== "text/html" || (how === "swapped" && main === before)) return;
    const headings = [...document.querySelectorAll("h1")].map((each) => each.innerText.trim());
    const kept = [...Object.keys(localStorage), ...Object.keys(sessionStorage)];
    const text = document.body.checkVisibility() ? document.body.innerText : "";
    arrived({how, headings, kept, path: location.pathname, text});
  };
  addEventListener("DOMContentLoaded", () => tell("loaded"));
  addEventListener("pageshow", (event) => event.persisted && tell("restored"));
  document.addEventListener("htmx:after:settle", () => setTimeout(tell, 1, "swapped"));
})()"""

# A page that is refused with an honest status is no fault of the page.
HONEST = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")


@dataclass(frozen=True)
class Arrival:
    page: Page
    how: str
    path: str
    text: str


class Watch:
    """Over all pages of one browser."""

    def __init__(self, context: BrowserContext) -> None:
        self.arrivals: list[Arrival] = []
        self.faults: list[str] = []
        context.on("console", self.hears)
        context.on("weberror", self.breaks)
        context.expose_binding("arrived", self.arrives)
        context.add_init_script(TELL)

    def hears(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not HONEST.match(message.text):
            self.faults.append(f"{message.page.url if message.page else '?'}: {message.text}")

    def breaks(self, error: WebError) -> None:
        self.faults.append(f"{error.page.url if error.page else '?'}: {error.error}")

    def arrives(self, source: dict[str, Any], told: dict[str, Any]) -> None:
        self.arrivals.append(Arrival(source["page"], told["how"], told["path"], told["text"]))
        if told["how"] != "restored" and (len(told["headings"]) != 1 or not told["headings"][0]):
            self.faults.append(f"{told['path']}: a page has one heading, not {told['headings']}.")
        if told["kept"]:
            self.faults.append(f"{told['path']}: something is left in the browser: {told['kept']}.")

    def at(self, page: Page) -> int:
        """How often this tab arrived somewhere."""
        return sum(each.page == page for each in self.arrivals)
