"""The coverage matrix as a spreadsheet: the same numbers, with labels and codes."""

import csv
import io

import pytest

from directory.models import Country
from tests.factories import ProjectFactory

URL = "/panorama/matrice.csv"


@pytest.fixture
def projects(db):
    """Two projects in Mali, one of them in Senegal too."""
    ProjectFactory(
        published=True, countries=["ML", "SN"], sectors=["education", "sante"]
    )
    ProjectFactory(published=True, countries=["ML"], sectors=["education"], goals=[6])


def table(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_spreadsheet_has_labels_codes_and_totals(client, projects):
    response = client.get(URL)

    head, mali, senegal, everywhere = table(response)
    assert head[:3] == ["Code du pays", "Pays", "Total"]
    education = head.index("Éducation (education)")
    assert mali[:3] == ["ML", "Mali", "2"]
    assert (mali[education], senegal[education]) == ("2", "1")
    assert everywhere[:3] == ["", "Tous pays", "2"]


def test_the_spreadsheet_opens_in_french_offices(client, projects):
    response = client.get(URL, {"colonnes": "odd"})

    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="matrice-projets-pays-odd.csv"' in response["Content-Disposition"]


def test_the_spreadsheet_obeys_the_filters(client, projects):
    _head, *rows = table(client.get(URL, {"odd": "6"}))

    assert [row[0] for row in rows] == ["ML", ""]


@pytest.mark.parametrize(
    "sign",
    [
        *"=+-@\t\r\n",
        " =",
        "\u00a0=",
        "\u200b=",
        "\ufeff@",
        "\uff1d",
        "\uff0b",
        "\uff20",
    ],
)
def test_no_label_is_a_formula(client, projects, sign):
    Country.objects.filter(code="ML").update(label=f"{sign}1+1")

    cells = [row[1] for row in table(client.get(URL))]

    assert f"'{sign}1+1" in cells


def test_a_label_of_a_spreadsheet_is_left_alone_when_it_is_no_formula(client, projects):
    label = "Mali (a=1+1) – « - »"
    Country.objects.filter(code="ML").update(label=label)

    assert label in [row[1] for row in table(client.get(URL))]


def test_the_spreadsheet_leaves_no_country_out(client, db):
    for country in Country.objects.all()[:45]:
        ProjectFactory(published=True, countries=[country])

    assert len(table(client.get(URL))) == 1 + 45 + 1
