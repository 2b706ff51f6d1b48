"""Who may read and who may edit: tokens, kept in a file of lines `RIGHT NAME TOKEN`."""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path
from typing import Literal

import msgspec

Right = Literal["read", "edit"]

SHORTEST = 16
"""Characters of a token: fewer can be guessed."""


class TokenError(ValueError):
    """A file of tokens that is not right; the message is one line that says what to do."""


class Token(msgspec.Struct, frozen=True):
    """A token: what it allows, whose it is, and the token itself."""

    right: Right
    name: str
    secret: str

    @property
    def seal(self) -> str:
        """What a browser keeps in its place, from which the token cannot be found."""
        return hashlib.sha256(b"khabar\0" + self.secret.encode()).hexdigest()


def load(path: Path) -> tuple[Token, ...]:
    """The tokens of a file; lines that are blank or begin with # are comments. Raises `TokenError`."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise TokenError(f"{path}: the file of tokens cannot be read ({type(error).__name__})") from None
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        parts = line.split()
        if len(parts) != 3 or parts[0] not in ("read", "edit"):
            raise TokenError(f"{path}:{number}: expected RIGHT NAME TOKEN, with RIGHT read or edit")
        if len(parts[2]) < SHORTEST:
            raise TokenError(f"{path}:{number}: the token has fewer than {SHORTEST} characters and could be guessed")
        right: Right = "edit" if parts[0] == "edit" else "read"
        found.append(Token(right, parts[1], parts[2]))
    if not found:
        raise TokenError(f"{path}: no token in it; write lines RIGHT NAME TOKEN")
    return tuple(found)


def holder(tokens: tuple[Token, ...], secret: str | None = None, seal: str | None = None) -> Token | None:
    """The token that was given, as itself or as its seal. All are compared, each in constant time."""
    found = None
    for token in tokens:
        given, right = (secret, token.secret) if secret is not None else (seal, token.seal)
        if given is not None and hmac.compare_digest(given.encode(), right.encode()):
            found = token
    return found
