"""What a workbench is started with."""

from __future__ import annotations

import ipaddress
from pathlib import Path

import msgspec

from khabar.web.tokens import Token

MEGABYTE = 1024 * 1024


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How the workbench is set up.

    Without a `workspace` it reads single articles only. `tokens` are who may read or edit; without any, who reaches the
    workbench may do everything, which is why that goes on loopback alone (`refusal`).
    """

    workspace: str | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    names: tuple[str, ...] = ()
    """names under which it is reached, beside `host`; on loopback those of loopback"""
    fast: bool = False
    tokens: tuple[Token, ...] = ()
    largest: int = 10 * MEGABYTE
    """bytes of the body of a request"""
    longest: int = 200_000
    """code points of an article that is read while somebody waits"""
    body_seconds: float = 30
    """how long the body of a request may take to arrive"""
    answer_seconds: float = 60
    """how long an answer may take to begin"""
    spool: Path | None = None
    """folder for files that were uploaded and are being added; a temporary one without it"""

    @property
    def loopback(self) -> bool:
        """Whether it is reached from this machine alone."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def hosts(self) -> frozenset[str] | None:
        """The names that a request's Host header may have; None where any may be."""
        if self.loopback:
            return frozenset({"localhost", "127.0.0.1", "[::1]", self.host, *self.names})
        return frozenset({self.host, *self.names}) if self.names else None

    def refusal(self) -> str | None:
        """Why it may not start, in a line; None where it may."""
        if self.loopback or self.tokens:
            return None
        return (
            f"{self.host} is reached from other machines, and there are no tokens that say who may read and who may edit; "
            "write a file of lines RIGHT NAME TOKEN (edit Amal …) and give it with --tokens FILE"
        )
