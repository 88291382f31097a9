"""Mail addresses and websites: free mailboxes, and the country of an ending."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.contacts.mail import free_mail, mail_countries, own_domains, site_countries, site_domain
from tests.told import told as field


def texts(*cells: str | None) -> pl.Series:
    return pl.Series(cells, dtype=pl.String)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("trade@gmail.com", True),
        ("Ali Veli <ali.veli@Yahoo.co.uk>", True),
        ("office@mail.ru; office@yandex.kz", True),
        ("office@firm.com.tr", False),
        ("office@firm.kz; office@gmail.com", False),
        ("no mail", False),
        (None, None),
    ],
)
def test_a_mailbox_is_free_where_anybody_can_have_one(cell: str | None, told: bool | None) -> None:
    assert field("consignee.email_free", consignee_email=cell) is told


@pytest.mark.parametrize(
    ("cell", "country"),
    [
        ("info@firm.com.tr", "TR"),
        ("info@firm.ru", "RU"),
        ("info@firm.su", "RU"),
        ("info@gmail.com, info@firm.by", "BY"),
        ("firm@mail.ru", None),
        ("info@firm.io", None),
        ("info@firm.com", None),
    ],
)
def test_the_ending_of_a_firms_own_domain_tells_its_country(cell: str, country: str | None) -> None:
    assert mail_countries(texts(cell)).item() == country


@pytest.mark.parametrize(
    ("cell", "domain", "country"),
    [
        ("https://www.Firm.ru/en/about", "firm.ru", "RU"),
        ("www.firm.co.uk", "firm.co.uk", "GB"),
        ("http://фирма.рф", "фирма.рф", "RU"),
        ("firm.com", "firm.com", None),
        ("none", None, None),
    ],
)
def test_a_website_is_a_domain_with_an_ending(cell: str, domain: str | None, country: str | None) -> None:
    assert site_domain(cell) == domain
    assert site_countries(texts(cell)).item() == country


@given(st.text())
def test_any_text_is_read_without_a_fault(cell: str) -> None:
    assert free_mail(texts(cell)).item() in (True, False)
    assert mail_countries(texts(cell)).len() == site_countries(texts(cell)).len() == 1
    assert all("." in domain for domain in own_domains(cell))
