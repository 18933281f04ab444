"""Encryption at rest. Whoever has the database without the key file has no secret, code or account number.

A sealed text is bound to its place (`table:row:column`): moved to another row it cannot be opened.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


class BadKeys(ValueError):
    """The key file is missing or not one of ours; the message says what to do."""


class BrokenSeal(ValueError):
    """A sealed text was changed, moved to another place, or sealed with a key that is gone."""


class Keys:
    """The keys of an installation, newest first: the newest seals, each of them opens."""

    def __init__(self, roots: dict[str, bytes]) -> None:
        self._roots = roots
        self._current = next(iter(roots))

    @classmethod
    def read(cls, file: Path) -> Keys:
        """Raises BadKeys where there is no file or a line is not `name base64-of-32-bytes`."""
        try:
            lines = [line.split() for line in file.read_text().splitlines() if line.strip()]
            roots = {name: base64.b64decode(root, validate=True) for name, root in lines}
        except FileNotFoundError:
            raise BadKeys(f"There is no key file at {file}. Make one with: portal keys new") from None
        except ValueError:
            raise BadKeys(f"{file} is not a key file: each line is a name and 32 bytes in base64.") from None
        if not roots or any(len(root) != 32 for root in roots.values()):
            raise BadKeys(f"{file} is not a key file: each line is a name and 32 bytes in base64.")
        return cls(roots)

    @staticmethod
    def add(file: Path) -> str:
        """Put a new key on top of `file` (made if it is not there, readable by its owner alone); its name."""
        old = file.read_text() if file.exists() else ""
        name = "k" + secrets.token_hex(3)
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(file.name + ".new")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            out.write(f"{name} {base64.b64encode(secrets.token_bytes(32)).decode()}\n{old}")
        fresh.replace(file)
        return name

    def seal(self, plain: str, place: str) -> str:
        nonce = secrets.token_bytes(12)
        box = AESGCM(self._derive(self._current, "seal")).encrypt(nonce, plain.encode(), place.encode())
        return f"{self._current}.{base64.b64encode(nonce + box).decode()}"

    def open(self, sealed: str, place: str) -> str:
        """The text that was sealed for `place`. Raises BrokenSeal."""
        name, _, box = sealed.partition(".")
        try:
            raw = base64.b64decode(box, validate=True)
            return AESGCM(self._derive(name, "seal")).decrypt(raw[:12], raw[12:], place.encode()).decode()
        except (KeyError, ValueError, InvalidTag):
            raise BrokenSeal(f"What is sealed at {place} cannot be opened with these keys.") from None

    def digest(self, *parts: str) -> str:
        """A keyed digest of `parts`: useless to whoever has the database alone."""
        return f"{self._current}.{self._mac(self._current, parts)}"

    def matches(self, digest: str, *parts: str) -> bool:
        """Whether `digest` was made of `parts`, in constant time."""
        name, _, mac = digest.partition(".")
        return name in self._roots and hmac.compare_digest(mac, self._mac(name, parts))

    def successor(self, token: str, occasion: str) -> str:
        """The one token that follows `token` at `occasion`; nobody without the keys can tell it."""
        return self._mac(self._current, ("successor", token, occasion))

    def for_cookies(self) -> list[str]:
        return [self._derive(name, "cookies").hex() for name in self._roots]

    def _mac(self, name: str, parts: tuple[str, ...]) -> str:
        text = "\0".join(parts).encode()
        return hmac.new(self._derive(name, "digest"), text, hashlib.sha256).hexdigest()

    def _derive(self, name: str, use: str) -> bytes:
        return hmac.digest(self._roots[name], use.encode(), "sha256")
