"""A real Chromium, as people have it: with its back-forward cache, which Playwright would switch off."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NONE_HERE = "There is no Chromium here. As root: apt-get install chromium, or say where one is in PORTAL_CHROMIUM."


def find() -> str | None:
    installed = (shutil.which(name) for name in NAMES)
    return os.environ.get("PORTAL_CHROMIUM") or next(filter(None, installed), None)


@contextmanager
def launched(path: str) -> Iterator[Browser]:
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    expect.set_options(timeout=5_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=[*QUIET, *as_root],
            ignore_default_args=["--disable-back-forward-cache"],
        )
        yield browser
        browser.close()
