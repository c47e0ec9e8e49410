"""Keeping Photoshop's digest of the IPTC-IIM fields true when they are rewritten.

Photoshop, Lightroom and whatever follows the guidelines of the Metadata Working Group (2.0, section 5.3) keep an MD5 of
the IIM block beside it. Where the two do not fit, they conclude that a program without XMP changed IIM, and prefer its
keywords and places to those in XMP. Exiv2 has no access to the digest.

Block and digest are resources of Photoshop's image resource block: ``8BIM``, the number, an empty name, the length. No
structure is followed: a digest is believed only if it is that of a block in the same file, which no chance makes.
"""

import hashlib
from collections.abc import Iterator
from typing import Final

_BLOCK: Final = b"8BIM\x04\x04\0\0"
_DIGEST: Final = b"8BIM\x04\x25\0\0\0\0\0\x10"
_DIGEST_BYTES: Final = 16


def renewed(old: bytes, new: bytes) -> bytes:
    """``new``, the rewritten file, with the digest of its IIM block if ``old`` had the right one for its own.

    A digest that did not fit before stays as it is: somebody else's change of IIM is still to be noticed.
    """
    digest = _true_digest(old)
    if digest is None or new.count(_DIGEST + digest) != 1:
        return new
    blocks = list(_blocks(new))
    if len(blocks) != 1:
        return new
    return new.replace(_DIGEST + digest, _DIGEST + hashlib.md5(blocks[0], usedforsecurity=False).digest())


def _true_digest(data: bytes) -> bytes | None:
    """The digest in a file, if it is that of an IIM block in it."""
    start = data.find(_DIGEST)
    if start < 0:
        return None
    digest = data[start + len(_DIGEST) : start + len(_DIGEST) + _DIGEST_BYTES]
    true = any(hashlib.md5(block, usedforsecurity=False).digest() == digest for block in _blocks(data))
    return digest if true else None


def _blocks(data: bytes) -> Iterator[bytes]:
    """What follows each head of an IIM block, as long as the head says."""
    start = data.find(_BLOCK)
    while start >= 0:
        begin = start + len(_BLOCK) + 4
        length = int.from_bytes(data[begin - 4 : begin], "big")
        if begin + length <= len(data):
            yield data[begin : begin + length]
        start = data.find(_BLOCK, start + 1)
