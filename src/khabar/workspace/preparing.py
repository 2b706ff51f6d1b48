"""What is made of a record before it is stored: pure functions, so that the processes that read do it too."""

import hashlib
import zlib

import msgspec

from khabar.record import Article, Record
from khabar.workspace.body import body_of
from khabar.workspace.identity import Sketch, sketches
from khabar.workspace.indexing import searched
from khabar.workspace.shingles import signature
from khabar.workspace.terms import Terms, terms_of

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Record)


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """An article that was read, ready to be stored."""

    article: Article
    digest: str
    blob: bytes
    """zlib of the record's JSON"""
    signature: bytes
    """MinHash of the body, by which copies are found"""
    terms: Terms
    """what it is about, by which its story is found"""
    words: str
    """what it is searched by"""
    entities: list[Sketch] = []
    """what joining needs to know of each entity"""


def prepare(article: Article, record: Record) -> Prepared:
    """Everything about an article that can be computed without the workspace."""
    return Prepared(
        article=article,
        digest=digest(article),
        blob=packed(record),
        signature=signature(body_of(record).words),
        terms=terms_of(record),
        words=searched(record),
        entities=sketches(record),
    )


def digest(article: Article) -> str:
    """SHA-256 of what an article says about itself; where its file lies does not count."""
    return hashlib.sha256(_ENCODER.encode(msgspec.structs.replace(article, path=None, line=None))).hexdigest()


def packed(record: Record) -> bytes:
    """A record as it is stored."""
    return zlib.compress(_ENCODER.encode(record), 3)


def unpacked(blob: bytes) -> Record:
    """A record from what is stored."""
    return _DECODER.decode(zlib.decompress(blob))
