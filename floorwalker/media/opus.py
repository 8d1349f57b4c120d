"""What are the samples of an Opus stream? Decoded by the system's own libopus (BSD licence), where there is one."""

from __future__ import annotations

import ctypes
import ctypes.util
from collections.abc import Iterator
from functools import cache
from typing import Any, BinaryIO

import numpy as np

from floorwalker.media.ogg import OPUS_RATE, read_opus_head, read_packets
from floorwalker.media.sound import Samples, Unreadable

# The longest packet that there is: 120 ms.
MOST_FRAMES = OPUS_RATE * 120 // 1000


def read_opus(file: BinaryIO) -> tuple[int, Iterator[Samples]]:
    """The lanes of an Opus file and its samples, a packet at a time; Unreadable("decoder") where no libopus is installed."""
    packets = read_packets(file)
    head = read_opus_head(next(packets, (b"", 0))[0])
    next(packets, None)  # what the stream says of its title
    return head.lanes, _decode(packets, head.lanes, head.skipped)


def _decode(packets: Iterator[tuple[bytes, int]], lanes: int, skipped: int) -> Iterator[Samples]:
    library, error = _library(), ctypes.c_int()
    decoder = library.opus_decoder_create(OPUS_RATE, lanes, ctypes.byref(error))
    if not decoder or error.value != 0:
        raise Unreadable("decoder")
    buffer = (ctypes.c_float * (MOST_FRAMES * lanes))()
    try:
        for packet, _position in packets:
            frames = library.opus_decode_float(decoder, packet, len(packet), buffer, MOST_FRAMES, 0)
            if frames < 0:
                raise Unreadable("broken")
            block = np.ctypeslib.as_array(buffer)[: frames * lanes].reshape(-1, lanes)
            kept, skipped = block[min(skipped, frames) :], max(0, skipped - frames)
            if len(kept):
                yield kept.copy()
    finally:
        library.opus_decoder_destroy(decoder)


@cache
def _library() -> Any:
    name = ctypes.util.find_library("opus")
    if name is None:
        raise Unreadable("decoder")
    try:
        library = ctypes.CDLL(name)
    except OSError as error:
        raise Unreadable("decoder") from error
    library.opus_decoder_create.restype = ctypes.c_void_p
    library.opus_decoder_create.argtypes = [ctypes.c_int32, ctypes.c_int, ctypes.POINTER(ctypes.c_int)]
    library.opus_decode_float.restype = ctypes.c_int
    library.opus_decode_float.argtypes = [
        *(ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int32),
        *(ctypes.POINTER(ctypes.c_float), ctypes.c_int, ctypes.c_int),
    ]
    library.opus_decoder_destroy.argtypes = [ctypes.c_void_p]
    return library
