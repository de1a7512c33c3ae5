import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from directory.imports import projects
from directory.imports.reports import Outcome
from directory.models import Project
from tests.directory.imports.project_runs import Role, run
from tests.directory.imports.tables import csv_bytes, outcomes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("titles", ["un", "deux"])
def test_the_lines_of_a_file_can_be_read_in_any_order(titles):
    rows = [
        ["Un", "Les Amis", "Apt"],
        ["Deux", "LES AMIS", ""],
        ["Trois", "Eux", "Gap"],
    ]
    run(["titre", "porteur", "ville"], *rows)

    report = run(["titre", "porteur", "ville"], *reversed(rows))

    assert outcomes(report) == [Outcome.UNCHANGED] * 3


TITLES = st.text(
    st.characters(categories=["L", "N"], include_characters=" '’-.éà"),
    min_size=1,
    max_size=30,
)


class RoundTripTests(TestCase):
    """Hypothesis rolls the database back after each example."""

    @settings(deadline=None, max_examples=20)
    @given(
        st.lists(
            st.tuples(
                TITLES,
                st.sampled_from(["Les Amis", "LES AMIS", "Eux", ""]),
                st.sampled_from(["2015", "03/2016", "01/02/2017", ""]),
                st.sampled_from(["", "10", "1 000,50 €"]),
            ),
            min_size=1,
            max_size=5,
        )
    )
    def test_what_is_exported_and_imported_again_does_not_change(self, rows):
        run(
            ["titre", "porteur", "début", "financeur", "montant"],
            *[
                [f"X{title}x", lead, start, "afd", amount]
                for title, lead, start, amount in rows
            ],
        )

        report = projects.run(exported(), source="essai")

        assert outcomes(report) == [Outcome.UNCHANGED] * len(rows)


def exported():
    """The projects as a spreadsheet that the importer can read again."""
    rows = []
    for project in Project.objects.order_by("?"):
        funding = project.participations.get(role=Role.FUNDER)
        start = project.actual_start_on
        formats = {"annee": "%Y", "mois": "%m/%Y", "jour": "%d/%m/%Y"}
        rows.append(
            [
                project.external_key,
                project.title,
                project.lead.organisation if project.lead else "",
                start.strftime(formats[project.date_precision]) if start else "",
                str(funding.funder),
                funding.amount or "",
            ]
        )
    header = ["identifiant", "titre", "porteur", "début", "financeur", "montant"]
    return csv_bytes(header, *rows)
