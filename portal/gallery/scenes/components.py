"""Components."""

from __future__ import annotations

from portal.gallery.scenes.book import Book

book = Book("Components")
