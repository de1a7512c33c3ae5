"""The staff’s pages of projects."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.admin.forms import SiblingFormSet
from directory.models import Funder, Participation, Project, Publication
from tests.admin_forms import (
    act,
    added,
    address,
    errors,
    filled,
    listed,
    page_of,
    save,
)
from tests.factories import (
    FunderFactory,
    LocalityFactory,
    ParticipationFactory,
    ProjectFactory,
    ProjectImageFactory,
    StructureFactory,
)

LIST = address(Project, "changelist")


def test_a_project_is_found_without_accents(staff_client):
    found = ProjectFactory(title="Des écoles pour Kayes")
    ProjectFactory(summary="Un puits")

    assert listed(staff_client, Project, q="ECOLE kayes") == [found]


def test_the_list_names_the_lead_whatever_kind_it_is(staff_client):
    ProjectFactory(lead=StructureFactory(name="Ville porteuse"))
    ParticipationFactory(named=True, role="porteur", name="Comité porteur")
    ProjectFactory()

    text = staff_client.get(LIST).text

    assert "Ville porteuse" in text
    assert "Comité porteur" in text


def test_the_list_sorts_by_each_of_its_columns(staff_client):
    ProjectFactory(title="B", planned_start_on="2024-01-01")
    ProjectFactory(title="A", actual_start_on="2020-01-01")

    for column in range(1, 8):
        assert staff_client.get(LIST, {"o": f"{column}.-1"}).status_code == 200
    assert [row.title for row in listed(staff_client, Project, o="5")] == ["A", "B"]
    assert [row.title for row in listed(staff_client, Project, o="-5")] == ["B", "A"]


def test_projects_are_filtered_by_country_without_repeating_them(staff_client):
    found = ProjectFactory(countries=["ML", "AM"])
    ProjectFactory(countries=["AM"])
    mali = found.countries.get(code="ML")

    assert listed(staff_client, Project, countries__id__exact=mali.pk) == [found]


def test_a_page_costs_the_same_whatever_its_participants_and_places(staff_client):
    def cost(project):
        with CaptureQueriesContext(connection) as queries:
            assert staff_client.get(page_of(project)).status_code == 200
        return len(queries)

    few, many = ProjectFactory(), ProjectFactory()
    for project, number in ((few, 1), (many, 8)):
        for _ in range(number):
            ParticipationFactory(project=project)
            ParticipationFactory(
                project=project,
                structure=None,
                funder=FunderFactory(),
                role="financeur",
            )
            LocalityFactory(project=project, country_id=1)
            ProjectImageFactory(project=project)
    cost(few)

    assert cost(many) == cost(few)


def test_an_untouched_page_keeps_its_rows(staff_client):
    project = ProjectFactory(lead=StructureFactory(), links=["https://projet.example"])
    LocalityFactory(project=project, country_id=1)
    ProjectImageFactory(project=project)

    response = save(staff_client, project, {})

    project.refresh_from_db()
    assert response.status_code == 302
    assert project.links == ["https://projet.example"]
    assert project.lead is not None
    assert project.localities.count() == project.images.count() == 1


def test_an_inline_shows_the_structure_that_takes_part(staff_client):
    structure = StructureFactory(name="Ville jumelle")
    project = ProjectFactory(lead=structure)

    text = staff_client.get(page_of(project)).text

    assert f'<option value="{structure.pk}" selected>Ville jumelle</option>' in text


def test_a_refused_page_shows_the_structure_just_chosen(staff_client):
    project = ProjectFactory(lead=StructureFactory(name="Première"))
    second = StructureFactory(name="Deuxième")

    response = save(
        staff_client, project, {"participations-0-structure": second.pk, "title": ""}
    )

    assert f'<option value="{second.pk}" selected>Deuxième</option>' in response.text


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"role": "partenaire"}, "Choisissez une structure, ou un financeur"),
        ({"role": "partenaire", "name": "x", "amount": "-1"}, "Le montant ne peut pas"),
        ({"role": "partenaire", "funder": True}, "Un financeur a le rôle"),
    ],
)
def test_a_participation_that_means_nothing_is_refused(row, message, staff_client):
    project = ProjectFactory()
    if "funder" in row:
        row = {**row, "funder": Funder.objects.first().pk}

    response = save(staff_client, project, added("participations", 0, **row))

    assert message in " ".join(errors(response))
    assert not Participation.objects.exists()


def test_two_leads_are_refused_with_a_sentence(staff_client):
    project = ProjectFactory()
    changes = {
        **added("participations", 0, role="porteur", name="Un"),
        **added("participations", 1, role="porteur", name="Deux"),
    }

    assert errors(save(staff_client, project, changes)) == [
        "Le projet a déjà un porteur."
    ]


def test_the_lead_passes_from_one_to_the_other_in_one_go(staff_client):
    project = ProjectFactory()
    new = ParticipationFactory(project=project, position=0)
    ParticipationFactory(project=project, role="porteur", position=1)
    changes = {
        "participations-0-role": "porteur",
        "participations-1-role": "partenaire",
    }

    response = save(staff_client, project, changes)

    assert response.status_code == 302
    assert project.lead == new


def test_the_same_place_is_not_typed_twice(staff_client):
    project = ProjectFactory()
    changes = {
        **added("localities", 0, name="Kayes"),
        **added("localities", 1, name="Kayes"),
    }

    assert errors(save(staff_client, project, changes)) == [
        "Cette localité est déjà indiquée."
    ]


def test_a_place_already_there_is_not_typed_again(staff_client):
    project = ProjectFactory()
    LocalityFactory(project=project, name="Kayes")

    response = save(staff_client, project, added("localities", 1, name="Kayes"))

    assert errors(response) == ["Cette localité est déjà indiquée."]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"planned_start_on": "2024-02-01", "planned_end_on": "2024-01-01"},
            "La fin prévue précède le début prévu",
        ),
        (
            {"actual_start_on": "2024-02-01", "actual_end_on": "2024-01-01"},
            "La fin réelle précède le début réel",
        ),
        ({"budget": "-1"}, "Le budget ne peut pas être négatif."),
        ({"currency": "eur"}, "Une monnaie a trois lettres"),
        ({"links": "pas un lien"}, "Ligne 1\u00a0:"),
        ({"title": ""}, "Ce champ est obligatoire."),
    ],
)
def test_what_the_register_refuses_is_said_in_french(changes, message, staff_client):
    response = save(staff_client, ProjectFactory(), changes)

    assert response.status_code == 200
    assert message in " ".join(errors(response))


def test_a_picture_needs_a_text(staff_client):
    project = ProjectFactory()
    ProjectImageFactory(project=project)

    response = save(staff_client, project, {"images-0-alternative": " "})

    assert errors(response) == ["Ce champ est obligatoire."]


def test_projects_are_published_and_verified_from_the_list(staff_client, staff):
    project = ProjectFactory()

    for action in ("publish", "mark_verified"):
        act(staff_client, action, project)

    project.refresh_from_db()
    assert project.publication == Publication.PUBLISHED
    assert project.verified_by == staff


def test_a_project_is_deleted_with_its_rows_but_not_its_structures(staff_client):
    structure = StructureFactory()
    project = ProjectFactory(lead=structure)
    url = address(Project, "delete", project.pk)

    staff_client.post(url, {"post": "yes"})

    assert not Project.objects.exists()
    assert not structure.participations.exists()


def test_participations_are_found_by_any_name(staff_client):
    named = ParticipationFactory(named=True, name="Comité d’Érevan")
    ParticipationFactory()

    assert listed(staff_client, Participation, q="erevan") == [named]


def test_what_only_the_database_saw_gives_a_sentence_not_an_error(
    staff_client, monkeypatch
):
    monkeypatch.setattr(SiblingFormSet, "clean", lambda _: None)
    project = ProjectFactory()
    changes = {
        **added("participations", 0, role="porteur", name="Un"),
        **added("participations", 1, role="porteur", name="Deux"),
    }

    data = filled(staff_client.get(page_of(project)), changes)
    response = staff_client.post(page_of(project), data, follow=True)

    assert response.status_code == 200
    assert "Rien n’a été enregistré" in response.text
    assert not project.participations.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"budget": "-1"}, "budget"),
        ({"currency": "€"}, "currency"),
        (
            {"planned_start_on": "2024-02-01", "planned_end_on": "2024-01-01"},
            "planned_end_on",
        ),
        (
            {"actual_start_on": "2024-02-01", "actual_end_on": "2024-01-01"},
            "actual_end_on",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_what_to_correct(changes, field, staff_client):
    response = save(staff_client, ProjectFactory(), changes)

    assert set(response.context["adminform"].form.errors) == {field}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        (added("participations", 0, role="partenaire"), "structure"),
        (added("participations", 0, role="porteur", name="A", amount="-1"), "amount"),
        (added("localities", 0, name="Gao", latitude="16"), "latitude"),
    ],
)
def test_what_is_wrong_in_a_row_is_said_beside_it(changes, field, staff_client):
    response = save(staff_client, ProjectFactory(), changes)

    forms = [
        form
        for inline in response.context["inline_admin_formsets"]
        for form in inline.formset.forms
    ]
    assert [set(form.errors) for form in forms] == [{field}]
