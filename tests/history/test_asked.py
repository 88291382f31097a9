"""What rules over time ask of a history: columns, groups, and how far back."""

from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from screening.history.asked import Asked, Shape
from screening.history.schema import METADATA
from tests.history.books import RULES, change_rule, count_rule, hub_rule, shift_rule


def test_the_columns_of_the_rules_fields_are_kept_and_no_others() -> None:
    columns = set(Asked.by([count_rule()]).columns)
    assert {"shipment_id", "shipment_date", "consignee_name", "hs_code"} <= columns
    assert not columns & {"exporter_address", "consignee_identifier", "container_number"}


def test_a_group_by_lists_finds_nothing_and_an_address_does() -> None:
    shapes = Asked.by([count_rule(group_by=["consignee.address.key", "consignee.address.listed"])]).shapes
    assert [shape.pairs for shape in shapes] == [
        frozenset({("consignee.address.key", "consignee.address.key")})
    ]


def test_all_by_which_a_party_is_looked_up_is_kept_for_its_role_alone() -> None:
    columns = Asked.by([count_rule(count={"sum": "consignee.match.score", "at_least": 2})]).columns
    assert {"consignee_identifier", "consignee_address"} <= set(columns)
    assert "exporter_identifier" not in columns


def test_what_amendments_compare_is_kept_without_any_rule() -> None:
    assert {"payer_name", "port_of_discharge"} <= set(Asked.by(()).columns)


def test_the_farthest_reach_is_told_with_its_rule() -> None:
    assert Asked.by(RULES).reaches[0] == (60, "PAT-002")
    assert Asked.by(()).reach == 0


def test_a_step_by_another_field_is_found_by_that_field() -> None:
    pairs = {shape.pairs for shape in Asked.by([hub_rule()]).shapes}
    assert pairs == {
        frozenset({("export.country", "export.country")}),
        frozenset({("export.country", "destination.country")}),
    }


def test_a_group_within_another_is_not_sought_twice() -> None:
    wide, narrow = count_rule(within="60d"), count_rule(group_by=["consignee.key", "goods.hs6"], within="50d")
    assert Asked.by([wide, narrow]).shapes == Asked.by([wide]).shapes
    assert len(Asked.by([count_rule(within="49d"), narrow]).shapes) == 2
    assert len(Asked.by([wide, change_rule()]).shapes) == 2


def test_a_shape_covers_what_is_narrower_and_nearer() -> None:
    one, two = ("a", "a"), ("b", "b")
    assert Shape(frozenset({one}), 10).covers(Shape(frozenset({one, two}), 10))
    assert not Shape(frozenset({one, two}), 10).covers(Shape(frozenset({one}), 10))


def test_a_rule_that_persists_reaches_back_that_much_farther() -> None:
    assert Asked.by([shift_rule(persists="100d")]).reach == Asked.by([shift_rule(persists="15d")]).reach + 85


def test_the_tables_are_plain_sql_for_other_databases_too() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in METADATA.tables.values():
        told = str(CreateTable(table).compile(dialect=dialect))
        assert "BLOB" not in told and "AUTOINCREMENT" not in told
