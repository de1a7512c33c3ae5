"""The staff’s page of a structure: what it accepts, completes and refuses."""

import io

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from directory.models import Contact, Publication, Structure
from tests.admin_forms import add, added, errors, page_of, save
from tests.factories import (
    ContactFactory,
    ParticipationFactory,
    ProjectFactory,
    StructureFactory,
)


def test_a_structure_is_added_with_its_representative(staff_client):
    changes = {
        "name": "Maison de l’eau",
        "slug": "maison-de-leau",
        "commune": "13001",
        **added("contacts", 0, last_name="Inventé", is_representative="on"),
    }

    response = add(staff_client, Structure, changes)

    structure = Structure.objects.get()
    assert response.status_code == 302
    assert structure.contacts.get().last_name == "Inventé"
    assert structure.publication == Publication.DRAFT
    assert structure.department_id == "13"
    assert structure.point_source == Structure.PointSource.COMMUNE


@pytest.mark.parametrize(
    ("name", "typed", "slug"),
    [
        ("Œuvre de l’École", "", "oeuvre-de-lecole"),
        ("Maison", "", "maison-2"),
        ("Maison", "la-maison", "la-maison"),
    ],
)
def test_an_address_left_blank_is_made_from_the_name(name, typed, slug, staff_client):
    StructureFactory(slug="maison")

    add(staff_client, Structure, {"name": name, "slug": typed})

    assert Structure.objects.get(name=name, slug=slug)


def test_an_address_is_kept_when_the_name_changes(staff_client):
    structure = StructureFactory(slug="maison")

    save(staff_client, structure, {"name": "Autre nom"})

    structure.refresh_from_db()
    assert structure.slug == "maison"


def test_no_button_beside_a_choice_deletes_what_is_chosen(staff_client):
    structure = StructureFactory(commune_id="13001", type_code="commune")
    ParticipationFactory(structure=structure)

    text = staff_client.get(page_of(structure)).text

    assert "related-widget-wrapper" in text
    assert "delete_id_" not in text
    assert "change_id_" not in text


def test_an_untouched_page_changes_nothing(staff_client):
    structure = StructureFactory(
        member=True,
        type_code="commune",
        countries=["ML"],
        other_names=["Ville", "Mairie"],
        social_links=["https://reseau.example/ville"],
    )
    ContactFactory(structure=structure)
    ParticipationFactory(structure=structure)
    before = Structure.objects.values().get()

    response = save(staff_client, structure, {})

    after = Structure.objects.values().get()
    assert response.status_code == 302
    assert {**after, "updated_at": None} == {**before, "updated_at": None}
    assert "Aucun champ modifié" in LogEntry.objects.get().get_change_message()


def test_lists_are_typed_one_value_per_line(staff_client):
    structure = StructureFactory()
    lines = "Mairie d’Aix, en Provence\r\n\r\n  Ville d’Aix \r\n"

    save(staff_client, structure, {"other_names": lines})

    structure.refresh_from_db()
    assert structure.other_names == ["Mairie d’Aix, en Provence", "Ville d’Aix"]


def test_a_bad_line_is_named_on_its_field(staff_client):
    structure = StructureFactory()
    links = "https://bon.example\njavascript:alert(1)"

    response = save(staff_client, structure, {"social_links": links})

    (message,) = response.context["adminform"].form.errors["social_links"]
    assert message.startswith("Ligne 2\u00a0:")
    assert "javascript:alert(1)" in response.text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"member_until": "2024-01-01"}, "member_from"),
        ({"member_from": "2024-02-01", "member_until": "2024-01-01"}, "member_until"),
        ({"founded_in": "12"}, "founded_in"),
        ({"latitude": "43.5"}, "latitude"),
        ({"point_source": "saisie"}, "point_source"),
        ({"department": "13", "is_abroad": "on"}, "is_abroad"),
        (
            added("contacts", 0, last_name="A", consent_given_on="2024-01-01"),
            "contacts",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_what_to_correct(changes, field, staff_client):
    response = save(staff_client, StructureFactory(), changes)

    if field == "contacts":
        inlines = response.context["inline_admin_formsets"]
        assert set(inlines[0].formset.forms[0].errors) == {"consent_expires_on"}
    else:
        assert set(response.context["adminform"].form.errors) == {field}


def test_a_text_of_several_lines_is_stored_as_imports_store_it(staff_client):
    structure = StructureFactory(description="Un\n\nDeux")

    save(staff_client, structure, {"description": "Un\r\n\r\nDeux"})
    history = LogEntry.objects.get().get_change_message()
    save(staff_client, structure, {"description": "Un\r\nDeux\r\n"})

    structure.refresh_from_db()
    assert "Aucun champ modifié" in history
    assert structure.description == "Un\nDeux"


def test_the_address_of_a_saved_draft_may_change_but_not_vanish(staff_client):
    structure = StructureFactory(slug="maison")

    save(staff_client, structure, {"slug": ""})
    structure.refresh_from_db()
    assert structure.slug == "maison"

    save(staff_client, structure, {"slug": "la-maison"})
    structure.refresh_from_db()
    assert structure.slug == "la-maison"


@pytest.mark.parametrize("publication", [Publication.PUBLISHED, Publication.ARCHIVED])
def test_an_address_that_the_public_knew_does_not_change(publication, staff_client):
    structure = StructureFactory(slug="maison", publication=publication)

    response = save(staff_client, structure, {"slug": "autre"})

    structure.refresh_from_db()
    assert response.status_code == 302
    assert structure.slug == "maison"
    assert "ne change plus" in staff_client.get(page_of(structure)).text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"member_until": "2024-01-01"}, "Indiquez aussi le début de l’adhésion."),
        (
            {"member_from": "2024-02-01", "member_until": "2024-01-01"},
            "La fin de l’adhésion précède son début",
        ),
        ({"founded_in": "12"}, "Année à quatre chiffres attendue."),
        ({"rna": "131000123"}, "Un numéro RNA s’écrit W suivi de neuf caractères"),
        ({"siren": "123456789"}, "n’est pas un SIREN"),
        ({"website": "ftp://ailleurs.example"}, "Saisissez une URL valide"),
        ({"latitude": "43.5"}, "Indiquez la latitude"),
        ({"latitude": "143", "longitude": "5"}, "Indiquez la latitude"),
        ({"point_source": "saisie"}, "Dites d’où vient le point"),
        ({"commune": "13001", "department": "06"}, "n’est pas dans ce département"),
        ({"name": " "}, "Ce champ est obligatoire."),
        ({"slug": "prise"}, "existe déjà"),
    ],
)
def test_what_the_register_refuses_is_said_in_french(changes, message, staff_client):
    StructureFactory(slug="prise")
    structure = StructureFactory()

    response = save(staff_client, structure, changes)

    assert response.status_code == 200
    assert message in " ".join(errors(response))
    assert "contrainte" not in " ".join(errors(response))


def test_a_logo_needs_a_text(staff_client, small_image):
    structure = StructureFactory()

    refused = save(staff_client, structure, {"logo": small_image()})
    accepted = save(
        staff_client, structure, {"logo": small_image(), "logo_alt": "Une goutte d’eau"}
    )

    assert errors(refused) == ["Décrivez le logo pour qui ne le voit pas."]
    assert accepted.status_code == 302


@pytest.fixture
def small_image():
    """Make a picture of one pixel."""
    file = io.BytesIO()
    Image.new("RGB", (1, 1)).save(file, "PNG")
    return lambda: SimpleUploadedFile("logo.png", file.getvalue(), "image/png")


def test_a_structure_is_not_merged_into_itself(staff_client):
    structure = StructureFactory()

    response = save(staff_client, structure, {"merged_into": structure.pk})

    assert errors(response) == ["Une fiche ne fusionne pas avec elle-même."]


def test_the_address_of_a_page_of_the_annuaire_is_refused(staff_client):
    response = save(staff_client, StructureFactory(), {"slug": "suggestions"})

    assert errors(response) == ["Cette adresse est prise par une page du site."]


def test_a_point_typed_by_hand_is_known_as_such_and_stays(staff_client):
    structure = StructureFactory(commune_id="13001")
    structure.locate()
    structure.save()

    save(staff_client, structure, {"latitude": "43.5", "longitude": "5.4"})

    structure.refresh_from_db()
    assert (structure.latitude, structure.longitude) == (43.5, 5.4)
    assert structure.point_source == Structure.PointSource.MANUAL


def test_a_point_taken_away_is_that_of_the_commune_again(staff_client):
    structure = StructureFactory(
        commune_id="13001", latitude=1, longitude=1, point_source="saisie"
    )

    save(staff_client, structure, {"latitude": "", "longitude": ""})

    structure.refresh_from_db()
    assert structure.latitude == structure.commune.latitude
    assert structure.point_source == Structure.PointSource.COMMUNE


def test_two_representatives_are_refused_with_a_sentence(staff_client):
    structure = StructureFactory()
    changes = {
        **added("contacts", 0, last_name="Une", is_representative="on"),
        **added("contacts", 1, last_name="Deux", is_representative="on"),
    }

    response = save(staff_client, structure, changes)

    assert errors(response) == ["La structure a déjà un représentant."]
    assert not Contact.objects.exists()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_title_of_representative_passes_in_one_go(order, staff_client):
    structure = StructureFactory()
    old = ContactFactory(structure=structure, position=order[0])
    new = ContactFactory(
        structure=structure, position=order[1], is_representative=False
    )
    changes = {
        f"contacts-{order[0]}-is_representative": None,
        f"contacts-{order[1]}-is_representative": "on",
    }

    response = save(staff_client, structure, changes)

    assert response.status_code == 302
    assert list(structure.contacts.representatives()) == [new]
    assert structure.contacts.filter(pk=old.pk).exists()


def test_a_new_representative_replaces_one_who_leaves(staff_client):
    structure = StructureFactory()
    ContactFactory(structure=structure)
    changes = {
        "contacts-0-DELETE": "on",
        **added("contacts", 1, last_name="Nouvelle", is_representative="on"),
    }

    response = save(staff_client, structure, changes)

    assert response.status_code == 302
    assert structure.contacts.get().last_name == "Nouvelle"


def test_a_consent_without_an_end_is_refused(staff_client):
    structure = StructureFactory()
    changes = added("contacts", 0, last_name="Une", consent_given_on="2026-01-01")

    response = save(staff_client, structure, changes)

    assert "il n’est jamais donné pour toujours" in errors(response)[0]


def test_a_role_in_a_project_is_not_said_twice(staff_client):
    structure, project = StructureFactory(), ProjectFactory()
    row = {"project": project.pk, "role": "partenaire"}
    changes = {**added("participations", 0, **row), **added("participations", 1, **row)}

    response = save(staff_client, structure, changes)

    assert errors(response) == ["Cette structure a déjà ce rôle ici."]


def test_a_project_has_one_lead_also_from_the_page_of_a_structure(staff_client):
    project = ProjectFactory(lead=StructureFactory())
    structure = StructureFactory()
    changes = added("participations", 0, project=project.pk, role="porteur")

    response = save(staff_client, structure, changes)

    assert errors(response) == ["Le projet a déjà un porteur."]


def test_a_structure_joins_a_project_from_its_page_of(staff_client):
    structure, project = StructureFactory(), ProjectFactory()
    changes = added("participations", 0, project=project.pk, role="porteur")

    save(staff_client, structure, changes)

    assert project.lead.structure == structure
