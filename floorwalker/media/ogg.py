"""Which packets does an Ogg file hold, and how long does it last? RFC 3533, and RFC 7845 for Opus in it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from floorwalker.media.sound import Unreadable

HEADER = struct.Struct("<4sBBqIIIB")
# Opus counts in these, whatever the sound was made from.
OPUS_RATE = 48_000
MOST_PACKET_BYTES = 1_000_000


@dataclass(frozen=True)
class OpusHead:
    """What an Opus stream says of itself."""

    lanes: int
    skipped: int  # samples at the beginning that are not heard


def read_packets(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Each packet of the first stream, with the position that its page ends at (-1 where no packet ends on it)."""
    stream, parts, size = None, [], 0
    while len(head := file.read(HEADER.size)) == HEADER.size:
        magic, version, _flags, position, serial, _number, _sum, count = HEADER.unpack(head)
        if magic != b"OggS" or version != 0:
            raise Unreadable("broken")
        lacing = file.read(count)
        content = file.read(sum(lacing))
        stream = serial if stream is None else stream
        if serial != stream:
            continue
        at = 0
        for length in lacing:
            parts.append(content[at : at + length])
            at, size = at + length, size + length
            if size > MOST_PACKET_BYTES:
                raise Unreadable("broken")
            if length < 255:
                yield b"".join(parts), position
                parts, size = [], 0


def read_opus_head(packet: bytes) -> OpusHead:
    """The first packet of an Opus stream; Unreadable where it is another codec, or more than two lanes."""
    if not packet.startswith(b"OpusHead") or len(packet) < 19:
        raise Unreadable("codec")
    _version, lanes, skipped, _rate, _gain, family = struct.unpack_from("<BBHIhB", packet, 8)
    if not 1 <= lanes <= 2 or family != 0:
        raise Unreadable("codec")
    return OpusHead(lanes, skipped)
