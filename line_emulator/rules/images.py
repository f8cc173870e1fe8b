"""Reads the size of a PNG or JPEG and checks that it is complete. The pixels are not decoded."""

import struct
import zlib
from collections.abc import Iterator

_PNG = b"\x89PNG\r\n\x1a\n"
_END_OF_IMAGE = b"\xff\xd9"
_START_OF_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def picture_size(data: bytes) -> tuple[str, int, int]:
    """Return media type, width and height. The type is empty if it is neither PNG nor JPEG, or is damaged."""
    if data.startswith(_PNG):
        return _png_size(data)
    if data.startswith(b"\xff\xd8") and data.endswith(_END_OF_IMAGE):
        return _jpeg_size(data)
    return "", 0, 0


def _png_size(data: bytes) -> tuple[str, int, int]:
    chunks = list(_chunks(data))
    kinds = [kind for kind, _ in chunks]
    if kinds[:1] != [b"IHDR"] or kinds[-1] != b"IEND" or b"IDAT" not in kinds or len(chunks[0][1]) != 13:
        return "", 0, 0
    width, height = struct.unpack(">II", chunks[0][1][:8])
    return "image/png", width, height


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks up to IEND, or up to the first one that is cut off or has a wrong checksum."""
    at, kind = len(_PNG), b""
    while kind != b"IEND" and at + 12 <= len(data):
        end = at + 8 + int.from_bytes(data[at : at + 4], "big")
        kind, body, checksum = data[at + 4 : at + 8], data[at + 8 : end], data[end : end + 4]
        if checksum != zlib.crc32(kind + body).to_bytes(4, "big"):
            return
        yield kind, body
        at = end + 4


def _jpeg_size(data: bytes) -> tuple[str, int, int]:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker in _START_OF_FRAME:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return "image/jpeg", width, height
        at += 1 if marker == 0xFF else 2 + length
    return "", 0, 0
