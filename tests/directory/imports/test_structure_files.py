import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from directory.imports import structures
from directory.imports.reports import Outcome
from directory.models import Country, Structure
from tests.directory.imports.structure_runs import (
    run,
    the_structure,
)
from tests.directory.imports.tables import csv_bytes, outcomes, said

pytestmark = pytest.mark.django_db


def test_the_file_can_be_bytes_or_a_path(tmp_path):
    data = csv_bytes(["nom"], ["La Source"])
    path = tmp_path / "liste.csv"
    path.write_bytes(data)

    created = structures.run(data, source="essai")
    again = structures.run(path, source="essai")

    assert outcomes(created) == [Outcome.CREATED]
    assert outcomes(again) == [Outcome.UNCHANGED]
    assert again.remarks == [
        "Encodage\u00a0: UTF-8\u00a0; séparateur\u00a0: point-virgule."
    ]


def test_unused_columns_are_told():
    report = run(["nom", "Couleur"], ["La Source", "bleu"])

    assert report.remarks == ["Colonnes non utilisées\u00a0: Couleur."]


@pytest.mark.parametrize("run_before", [False, True])
def test_progress_is_told_row_after_row_to_the_end(run_before):
    steps = []
    rows = (["nom"], *[[f"Structure {n}"] for n in range(450)])
    if run_before:
        run(*rows)

    run(*rows, progress=lambda done, total: steps.append((done, total)))

    assert steps == sorted(set(steps))
    assert steps[-1] == (450, 450)
    assert 50 < len(steps) <= 225


def test_a_second_run_asks_no_query_per_row():
    def rows(count):
        return (
            ["nom", "pays", "ville"],
            *[[f"N {n}", "Mali", "Apt"] for n in range(count)],
        )

    run(*rows(40), source="quarante")
    run(*rows(4), source="quatre")

    with CaptureQueriesContext(connection) as few:
        run(*rows(4), source="quatre")
    with CaptureQueriesContext(connection) as many:
        run(*rows(40), source="quarante")

    assert len(many) == len(few)


def test_many_names_alike_take_their_addresses_without_a_query_each():
    def rows(count):
        return (
            ["nom", "identifiant"],
            *[["La Source", str(n)] for n in range(count)],
        )

    with CaptureQueriesContext(connection) as few:
        run(*rows(3), source="trois")
    with CaptureQueriesContext(connection) as many:
        run(*rows(150), source="beaucoup")

    assert len(many) == len(few)
    assert Structure.objects.filter(slug="la-source-153").exists()


NAMES = st.text(
    st.characters(categories=["L", "N"], include_characters=" '’-.&(),;\"éàœ"),
    min_size=1,
    max_size=40,
).filter(lambda name: name.strip(" -’'.&(),;\"\u00a0"))


class RoundTripTests(TestCase):
    """Hypothesis rolls the database back after each example."""

    @settings(deadline=None, max_examples=25)
    @given(st.lists(st.tuples(NAMES, st.sampled_from(["", "Apt", "Nice", "Lille"]),
                              st.sets(st.sampled_from(["ML", "BJ", "CI", "PS", "FR"]))),
                    min_size=1, max_size=5))  # fmt: skip
    def test_what_is_exported_and_imported_again_does_not_change(self, rows):
        run(["nom", "ville", "pays"], *[
            [f"x{name}", town, ", ".join(c.label for c in countries(found))]
            for name, town, found in rows
        ])  # fmt: skip

        report = structures.run(exported(), source="essai")

        assert outcomes(report) == [Outcome.UNCHANGED] * len(rows)

    @settings(deadline=None, max_examples=25)
    @given(
        st.sampled_from(["Côte d’Ivoire", "République démocratique du Congo", "Bénin"]),
        st.sampled_from([str.upper, str.lower, str.title, str]),
        st.sampled_from(["'", "’", " ", "`"]),
        st.sampled_from([" ", "-", "  ", " – "]),
        st.booleans(),
    )
    def test_a_label_is_found_however_it_is_typed(
        self, label, case, apostrophe, space, bare
    ):
        typed = case(label).replace("’", apostrophe).replace(" ", space)
        if bare:
            typed = typed.translate(str.maketrans("ôéÔÉ", "oeOE"))

        report = run(["nom", "pays"], ["La Source", typed])

        assert said(report) == []
        assert the_structure().countries.get().label == label


def countries(codes):
    return Country.objects.filter(code__in=codes)


def exported():
    """The register as a spreadsheet that the importer can read again."""
    header = ["identifiant", "nom", "code postal", "ville", "département", "pays"]
    rows = [
        [
            structure.external_key,
            structure.name,
            structure.postcode,
            structure.city,
            structure.department_id or "",
            ", ".join(country.label for country in structure.countries.all()),
        ]
        for structure in Structure.objects.order_by("?")
    ]
    return csv_bytes(header, *rows, encoding="utf-8-sig")
