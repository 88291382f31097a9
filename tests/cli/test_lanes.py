"""A shipment in a few words: both ends, and whoever stands behind the goods."""

from screening.cli.lanes import goods, lane


def test_both_ends_have_their_countries() -> None:
    cells = {"exporter_name": "A", "exporter_country": "TR", "consignee_name": "B", "consignee_country": "KZ"}
    assert lane(cells) == "A (TR) → B (KZ)"


def test_somebody_else_behind_the_goods_is_named() -> None:
    cells = {"exporter_name": "A", "consignee_name": "B", "end_user_name": "C", "end_user_country": "RU"}
    assert lane(cells) == "A → B; end user C (RU)"


def test_the_consignee_is_not_named_twice() -> None:
    assert lane({"consignee_name": "B", "end_user_name": "B", "notify_party_name": "B"}) == "nobody named → B"


def test_a_country_alone_stands_for_somebody() -> None:
    cells = {"exporter_country": "TR", "consignee_country": "KZ", "payer_country": "RU"}
    assert lane(cells) == "somebody in TR → somebody in KZ; paid by somebody in RU"


def test_goods_are_named_by_what_is_known_of_them() -> None:
    assert goods({"hs_code": "854231", "goods_description": "chips"}) == "chips, HS 854231"
    assert goods({"hs_code": None}) == "goods not described"
