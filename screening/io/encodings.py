"""Text in the encoding that it is in: UTF-8, or what a mapping file names.

An encoding is never guessed: two of them turn the same bytes into different names without a fault.
"""

import codecs
import io
from dataclasses import dataclass, replace
from typing import BinaryIO, cast

from screening.errors import InputError
from screening.io.sources import Opened, readable

_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_UTF8_REMEDY = "save it as UTF-8, or name the encoding in a mapping file (encoding: cp1254)"


@dataclass(slots=True)
class Text:
    """The UTF-8 bytes of a file, from the header on, and how far they are read."""

    file: Opened
    rest: bytes = b""
    line: int = 1
    row: int = 0
    count: int = 0
    """Bytes that were read, the rest among them."""

    def more(self, size: int) -> bytes:
        """The next bytes, empty at the end."""
        with readable(self.file.name):
            found = self.file.stream.read(size)
        self.count += len(found)
        return found


def decoded(record: bytes, text: Text) -> str:
    """The bytes that begin on the text's line, as letters; raises InputError where they are no UTF-8."""
    try:
        return record.decode()
    except UnicodeDecodeError as error:
        line = text.line + record.count(b"\n", 0, error.start)
        what = f"not UTF-8 text (byte 0x{record[error.start]:02X})"
        raise InputError(f"{text.file.name}, line {line}", what, _UTF8_REMEDY) from error


def as_utf8(file: Opened, encoding: str | None) -> Opened:
    """The file with its text in UTF-8; `encoding` is what a mapping file says it is in."""
    if encoding is None or encoding in ("utf-8", "utf-8-sig"):
        if file.head.startswith(_BOMS):
            raise InputError(
                file.name, "UTF-16 text", "save it as UTF-8, or write `encoding: utf-16` in a mapping file"
            )
        return file
    stream = cast(BinaryIO, io.BufferedReader(_Recoded(file, encoding), 1 << 20))
    return replace(file, stream=stream, on_disk=None)


class _Recoded(io.RawIOBase):
    """A stream of another encoding as UTF-8."""

    def __init__(self, file: Opened, encoding: str) -> None:
        self._file = file
        self._encoding = encoding
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._ready = b""
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        room = memoryview(cast(bytearray, buffer))
        while not self._ready and not self._ended:
            piece = self._file.stream.read(1 << 18)
            self._ended = not piece
            self._ready = self._recoded(piece)
        taken = self._ready[: len(room)]
        self._ready = self._ready[len(taken) :]
        room[: len(taken)] = taken
        return len(taken)

    def _recoded(self, piece: bytes) -> bytes:
        try:
            return self._decoder.decode(piece, final=not piece).encode()
        except UnicodeError as error:
            # Not only a decode error: UTF-16 without its first mark, half a letter in UTF-7.
            what = f"not {self._encoding} text, as the mapping file says"
            raise InputError(self._file.name, what, "name the right encoding there") from error
