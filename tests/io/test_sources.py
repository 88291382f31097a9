"""The bytes of a shipment file, wherever they are and however they are packed."""

import gzip
import io
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from screening.errors import InputError
from screening.io.readers import read_shipments
from screening.io.sources import access_fault

Given = Callable[..., Path]
TEXT = b"Shipper,HS\n" + b"".join(b"Firm %d,854231\n" % at for at in range(2000))


def zstd(content: bytes) -> bytes:
    packed: bytes = pa.Codec("zstd").compress(content, asbytes=True)
    return packed


def rows(path: Path | str) -> int:
    return sum(batch.typed.height for batch in read_shipments(path))


@pytest.mark.parametrize("pack", [gzip.compress, zstd, lambda content: content])
def test_packing_is_told_by_content_whatever_the_name(given: Given, pack: Callable[[bytes], bytes]) -> None:
    for name in ("a.csv", "a.gz", "a.parquet"):
        assert rows(given(pack(TEXT), name)) == 2000


def test_a_gzip_file_of_several_parts_is_read_whole(given: Given) -> None:
    assert rows(given(gzip.compress(TEXT) + gzip.compress(b"Last,854231\n"))) == 2001


@pytest.mark.parametrize("pack", [gzip.compress, zstd])
def test_a_packed_file_cut_short_is_refused(given: Given, pack: Callable[[bytes], bytes]) -> None:
    packed = pack(TEXT)
    for cut in (len(packed) - 1, len(packed) // 2, 5):
        with pytest.raises(InputError, match="cut short or damaged; fetch it again"):
            rows(given(packed[:cut]))


def test_a_damaged_packed_file_is_refused(given: Given) -> None:
    packed = bytearray(gzip.compress(TEXT))
    packed[len(packed) // 2] ^= 0xFF
    with pytest.raises(InputError):
        rows(given(bytes(packed)))


def test_a_file_packed_twice_is_refused(given: Given) -> None:
    with pytest.raises(InputError, match="compressed twice; unpack it once"):
        rows(given(gzip.compress(gzip.compress(TEXT))))


def test_a_file_that_grows_out_of_proportion_is_refused(
    given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screening.io.sources.GROWTH_ALLOWED", 1_000_000)
    with pytest.raises(InputError, match="grows more than 200-fold when unpacked"):
        rows(given(gzip.compress(b"Shipper,HS\n" + b"a,854231\n" * 1_000_000)))


def test_standard_input_is_called_by_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    for content in (TEXT, gzip.compress(TEXT)):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
        batches = list(read_shipments("-"))
        assert [(batch.file, batch.typed.height) for batch in batches] == [("-", 2000)]


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a\.csv: no such file; check the path"):
        rows(tmp_path / "a.csv")
    with pytest.raises(InputError, match="a folder, not a file; name the shipment files in it"):
        rows(tmp_path)


def test_a_file_that_may_not_be_read_is_told() -> None:
    assert str(access_fault("a.csv", PermissionError(13, "Permission denied"))) == (
        "a.csv: no permission to read it; ask for read permission, or copy the file"
    )


def test_a_device_that_never_ends_is_refused() -> None:
    with pytest.raises(InputError, match="binary"):
        rows("/dev/zero")
