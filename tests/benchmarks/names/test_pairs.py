"""Labelled pairs are read from each layout that they are published in."""

import json
from pathlib import Path

import pytest

from tests.benchmarks.names.judged import ours, pair_rows
from tests.benchmarks.names.pairs import Pair, Side, read_pairs

ENTITIES = {
    "left": {
        "id": "a",
        "schema": "Person",
        "properties": {"name": ["Ivan Orlov"], "birthDate": ["1970-03-02"], "country": ["ru"]},
    },
    "right": {
        "id": "b",
        "schema": "Person",
        "properties": {"firstName": ["Iwan"], "lastName": ["Orlow"], "birthDate": ["1970"], "innCode": ["1"]},
    },
}


def written(folder: Path, text: str) -> Path:
    file = folder / "pairs"
    file.write_text(text, encoding="utf-8")
    return file


def of_names(left: str, right: str, matches: bool) -> Pair:
    return Pair(Side("LegalEntity", {"name": [left]}), Side("LegalEntity", {"name": [right]}), matches)


def entities(*judgements: str) -> str:
    return "\n".join(json.dumps(ENTITIES | {"judgement": said}) for said in judgements)


def test_pairs_of_entities_are_read_and_undecided_ones_left_out(tmp_path: Path) -> None:
    pairs = read_pairs(written(tmp_path, entities("positive", "negative", "unsure")))
    assert [pair.matches for pair in pairs] == [True, False]


def test_pairs_of_entities_may_stand_in_one_list(tmp_path: Path) -> None:
    whole = f"[{','.join(entities('positive', 'negative').splitlines())}]"
    assert read_pairs(written(tmp_path, whole)) == read_pairs(
        written(tmp_path, entities("positive", "negative"))
    )


def test_what_is_known_of_an_entity_stands_beside_its_name(tmp_path: Path) -> None:
    pair = read_pairs(written(tmp_path, entities("positive", "negative")))[0]
    assert [str(birth) for birth in pair.left.beside.births] == ["1970-03-02"]
    assert [str(birth) for birth in pair.right.beside.births] == ["1970"]
    assert pair.left.beside.countries == {"RU"}
    assert list(pair.right.beside.identifiers) == ["1"]


def test_a_person_without_a_whole_name_has_its_parts(tmp_path: Path) -> None:
    pair = read_pairs(written(tmp_path, entities("positive", "negative")))[0]
    assert pair.right.names == ["Iwan Orlow"]


def test_pairs_of_two_name_columns_are_read_with_their_schema(tmp_path: Path) -> None:
    text = "schema,name1,name2,is_match\nCompany,Alfa LLC,Alfa,true\nPerson,A,B,false\n"
    pairs = read_pairs(written(tmp_path, text))
    assert [(pair.left.schema, pair.left.names, pair.matches) for pair in pairs] == [
        ("Company", ["Alfa LLC"], True),
        ("Person", ["A"], False),
    ]


def test_what_stands_beside_both_names_is_read_from_its_columns(tmp_path: Path) -> None:
    text = "left_name,right_name,left_country,right_identifier,match\nA,B,ru;by,123,1\nA,C,,,0\n"
    pair = read_pairs(written(tmp_path, text))[0]
    assert pair.left.beside.countries == {"RU", "BY"}
    assert list(pair.right.beside.identifiers) == ["123"]


def test_a_file_of_matches_only_is_crossed_to_have_others(tmp_path: Path) -> None:
    text = "id,name,variant,is_match\n1,Anna,Ana,true\n1,Anna,Anne,true\n2,Boris,Borys,true\n"
    pairs = read_pairs(written(tmp_path, text))
    crossed = {(pair.left.names[0], pair.right.names[0]) for pair in pairs if not pair.matches}
    assert crossed == {("Anna", "Borys"), ("Boris", "Ana"), ("Boris", "Anne")}


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "name1,name2,is_match\nA,B,false\n"])
def test_a_file_that_says_no_match_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        read_pairs(written(tmp_path, text))


def test_a_pair_is_judged_by_its_best_names() -> None:
    pairs = [of_names("Rosoboronexport OAO", "Rosoboroneksport", True), of_names("Alfa", "Omega", False)]
    figures = {row.title: row.values[0] for row in pair_rows(pairs, [ours(None)], [0.85])}
    assert (figures["best F1"], figures["AUC"]) == (1.0, 1.0)
