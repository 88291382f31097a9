from pathlib import Path

import pytest

from screening.errors import WatchlistError
from screening.watchlists.opening import opened
from screening.watchlists.sources import read_list, xml_records
from screening.watchlists.sources.xml_records import Element, XmlRecords, root_tag
from screening.watchlists.store import import_list, imported

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE sdnList [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">'
    "<!ENTITY c '&b;&b;&b;&b;'>]><sdnList><sdnEntry><uid>&c;</uid></sdnEntry></sdnList>"
)
OUTSIDE = '<!DOCTYPE sdnList [<!ENTITY x SYSTEM "file:///etc/passwd">]><sdnList><uid>&x;</uid></sdnList>'


def written(folder: Path, text: str) -> Path:
    path = folder / "list.xml"
    path.write_text(text, encoding="utf-8")
    return path


def records(folder: Path, text: str) -> list[Element]:
    return list(XmlRecords(written(folder, text), "entry"))


def refused(folder: Path, text: str, said: str) -> None:
    with pytest.raises(WatchlistError, match=said) as caught:
        records(folder, text)
    assert "\n" not in str(caught.value) and caught.value.remedy


def test_a_record_has_its_texts_attributes_and_line(tmp_path: Path) -> None:
    text = '<x:list xmlns:x="urn:x">\n<x:entry id="7"><x:b>1 &amp; 2</x:b><x:b> 3 </x:b></x:entry></x:list>'
    (entry,) = records(tmp_path, text)
    assert (entry["id"], entry["none"], entry.line) == ("7", "", 2)
    assert (entry.texts("b"), entry.first("b"), entry.first("c/d")) == (["1 & 2", "3"], "1 & 2", "")


def test_the_document_itself_keeps_its_attributes(tmp_path: Path) -> None:
    read = XmlRecords(written(tmp_path, '<list day="2024-05-06"><entry/></list>'), "entry")
    assert len(list(read)) == 1 and read.root["day"] == "2024-05-06"


@pytest.mark.parametrize("text", [BOMB, OUTSIDE])
def test_a_document_type_is_refused_before_any_entity_expands(tmp_path: Path, text: str) -> None:
    refused(tmp_path, text, "declares a document type")
    with pytest.raises(WatchlistError, match="declares a document type"):
        read_list(tmp_path / "list.xml")


@pytest.mark.parametrize("cut", [10, 30, 60])
def test_a_document_cut_short_is_refused_with_its_line(tmp_path: Path, cut: int) -> None:
    refused(
        tmp_path,
        "<list>\n<entry><b>1</b></entry>\n<entry><b>2</b></entry></list>"[:cut],
        "line .: is no sound",
    )


def test_a_depth_without_end_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, "<list>" + "<entry>" * 1000, "nested more than 64")


@pytest.mark.parametrize("text", ["<list><entry>{}", "<list><entry a='{}'", "<list><!-- {}", "<{}"])
def test_a_record_or_token_without_end_is_refused(
    tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xml_records, "LONGEST_RECORD", 1 << 20)
    refused(tmp_path, text.format("a" * (3 << 20)), "more than 4 MB")


def test_an_encoding_that_can_not_be_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, '<?xml version="1.0" encoding="no-such"?><list/>', "encoding")


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ('<?xml version="1.0"?>\n<!-- a -->\n<n:list a="1">', "list"),
        ("<!DOCTYPE list []><list/>", "!DOCTYPE"),
        ("name,<list>", ""),
    ],
)
def test_a_document_is_told_by_its_own_element(tmp_path: Path, text: str, tag: str) -> None:
    assert root_tag(opened(written(tmp_path, text))) == tag


def test_xml_that_is_no_list_is_refused_with_what_would_be(tmp_path: Path) -> None:
    with pytest.raises(WatchlistError, match=r"XML with the root 'rss'.*OFAC .*the EU or the UN"):
        read_list(written(tmp_path, "<rss/>"))


@pytest.mark.usefixtures("no_home")
@pytest.mark.parametrize("bad", [BOMB, OUTSIDE, "<sdnList><sdnEntry>", "<html>", "<sdnList/>"])
def test_the_list_in_use_stays_when_a_bad_one_comes(tmp_path: Path, bad: str) -> None:
    good = "<sdnList><sdnEntry><uid>7</uid><lastName>ALFA</lastName></sdnEntry></sdnList>"
    item = import_list(written(tmp_path, good))
    with pytest.raises(WatchlistError):
        import_list(written(tmp_path, bad))
    assert imported() == (item,) and item.snapshot().entries[0].name == "ALFA"
