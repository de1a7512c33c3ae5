"""The staff’s pages of calls, events and offers."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from directory.models import Publication
from news.models import Call, Event, Offer
from tests.admin_forms import act, add, added, address, errors, listed, page_of, save
from tests.factories import (
    CallFactory,
    EventFactory,
    EventParticipationFactory,
    OfferFactory,
    StructureFactory,
)

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime.datetime(2026, 3, 28, 12, 0, tzinfo=PARIS)
EVERY = [CallFactory, EventFactory, OfferFactory]


def told(response):
    """The messages of error by field."""
    return {
        name: " ".join(map(str, messages))
        for name, messages in response.context["adminform"].form.errors.items()
    }


def test_a_call_is_added_with_its_deadline_by_the_clock_of_paris(staff_client):
    changes = {
        "title": "Eau pour tous",
        "closes_at_0": "30/03/2026",
        "closes_at_1": "17:00",
        "country_groups": ["pma", "liste-cad"],
        "share_ceiling": "70",
        "apply_url": "https://demarches.example/",
        "tags": "eau",
    }

    add(staff_client, Call, changes)

    call = Call.objects.get()
    # Clocks change on the 29th: 17 h is 15 h UTC.
    assert call.closes_at == datetime.datetime(2026, 3, 30, 15, tzinfo=datetime.UTC)
    assert call.country_groups == ["pma", "liste-cad"]
    assert call.slug == "eau-pour-tous"
    assert call.publication == Publication.DRAFT


def test_the_deadline_of_winter_is_shown_as_it_was_typed(staff_client):
    call = CallFactory(closes_at=datetime.datetime(2026, 1, 30, 17, tzinfo=PARIS))

    save(staff_client, call, {"title": "Retitré"})

    call.refresh_from_db()
    assert call.title == "Retitré"
    assert call.closes_at == datetime.datetime(2026, 1, 30, 16, tzinfo=datetime.UTC)


BAD_CALLS = [
    (
        {
            "opens_at_0": "02/06/2026",
            "opens_at_1": "09:00",
            "closes_at_0": "01/06/2026",
            "closes_at_1": "17:00",
        },
        "closes_at",
        "La clôture précède l’ouverture",
    ),
    (
        {"closes_at_0": "01/06/0024", "closes_at_1": "17:00"},
        "closes_at",
        "Vérifiez l’année",
    ),
    ({"closes_at_0": "32/13/2026", "closes_at_1": "17:00"}, "closes_at", "date valide"),
    ({"share_ceiling": "101"}, "share_ceiling", "Indiquez 100, ou moins."),
    ({"share_ceiling": "-1"}, "share_ceiling", "Indiquez 0, ou plus."),
    ({"grant_ceiling": "-1"}, "grant_ceiling", "Indiquez 0, ou plus."),
    (
        {"grant_floor": "20", "grant_ceiling": "10"},
        "grant_ceiling",
        "inférieure à l’aide minimale",
    ),
    (
        {"budget_floor": "20", "budget_ceiling": "10"},
        "budget_ceiling",
        "inférieur au budget minimal",
    ),
    (
        {"is_permanent": "on", "closes_at_0": "02/06/2026", "closes_at_1": "17:00"},
        "is_permanent",
        "videz la date de clôture",
    ),
    ({"country_groups": ["zone-franc"]}, "country_groups", "Sélectionnez un choix"),
    ({"apply_url": "javascript:alert(1)"}, "apply_url", "Saisissez une URL valide."),
]


@pytest.mark.parametrize(("typed", "field", "message"), BAD_CALLS)
def test_what_is_wrong_with_a_call_is_said_on_its_field(
    typed, field, message, staff_client
):
    call = CallFactory(is_permanent=False)

    response = save(staff_client, call, {"title": "Tapé", **typed})

    assert message in told(response)[field]
    assert set(told(response)) == {field}
    assert 'value="Tapé"' in response.text


BAD_EVENTS = [
    (
        {"ends_at_0": "11/06/2026", "ends_at_1": "10:00"},
        "ends_at",
        "La fin précède le début",
    ),
    (
        {"starts_at_0": "12/06/0024", "starts_at_1": "10:00"},
        "starts_at",
        "Vérifiez l’année",
    ),
    (
        {"starts_at_0": "01/01/0001", "starts_at_1": "00:00"},
        "starts_at",
        "Vérifiez l’année",
    ),
    ({"starts_at_0": "", "starts_at_1": ""}, "starts_at", "obligatoire"),
    ({"online_url": "data:text/html,x"}, "online_url", "Saisissez une URL valide."),
    ({"registration_url": "ftp://x.example"}, "registration_url", "URL valide"),
]


@pytest.mark.parametrize(("typed", "field", "message"), BAD_EVENTS)
def test_what_is_wrong_with_an_event_is_said_on_its_field(
    typed, field, message, staff_client
):
    response = save(staff_client, EventFactory(), {"title": "Tapé", **typed})

    assert message in told(response)[field]
    assert set(told(response)) == {field}
    assert 'value="Tapé"' in response.text


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"closes_on": "01/06/0024"}, "closes_on", "Vérifiez l’année"),
        ({"structure": ""}, "structure", "Choisissez une structure, ou écrivez un nom"),
        ({"name": "Aussi un nom"}, "structure", "l’un des deux"),
        ({"kind": "cdi"}, "kind", "Sélectionnez un choix"),
    ],
)
def test_what_is_wrong_with_an_offer_is_said_on_its_field(
    typed, field, message, staff_client
):
    response = save(staff_client, OfferFactory(), typed)

    assert message in told(response)[field]
    assert set(told(response)) == {field}


@pytest.mark.parametrize("make", EVERY)
@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"image": ("x.svg", b"<svg/>")}, "image", "Formats d’image acceptés"),
        ({"image": ("x.png", b"<html>")}, "image", "Cette image est illisible"),
        ({"image": ("x.png", b"0" * 30_000_000)}, "image", "Image trop lourde"),
        ({"source_url": "javascript:alert(1)"}, "source_url", "URL valide"),
        (
            {"published_at_0": "01/06/0024", "published_at_1": "09:00"},
            "published_at",
            "Vérifiez l’année",
        ),
    ],
)
def test_bad_pictures_links_and_years_are_refused_everywhere(
    make, changes, field, message, staff_client
):
    row = make()
    sent = {
        name: SimpleUploadedFile(*value) if isinstance(value, tuple) else value
        for name, value in {"title": "Tapé", "image_alt": "x", **changes}.items()
    }

    response = save(staff_client, row, sent)

    assert message in told(response)[field]
    assert 'value="Tapé"' in response.text


@pytest.mark.parametrize("make", EVERY)
def test_a_picture_needs_words_for_who_does_not_see_it(make, staff_client):
    row = make()
    type(row).objects.filter(pk=row.pk).update(image="a.png", image_alt="x")

    response = save(staff_client, row, {"image_alt": " "})

    assert "Décrivez l’image" in told(response)["image_alt"]


def test_texts_are_cleaned_of_what_could_run(staff_client):
    event = EventFactory()
    hostile = "<p onclick='x()'>Oui<script>alert(1)</script></p>"

    save(staff_client, event, {"body": hostile, "programme": hostile})

    event.refresh_from_db()
    assert event.body == event.programme == "<p>Oui</p>"


def test_who_invites_is_typed_on_the_page_of_the_event(staff_client):
    event, structure = EventFactory(), StructureFactory()
    new = {
        **added("participations", 0, role="organisateur", structure=structure.pk),
        **added("participations", 1, role="partenaire", name="Un village"),
        "participations-TOTAL_FORMS": 2,
    }

    response = save(staff_client, event, new)

    assert response.status_code == 302
    assert [str(part) for part in event.participations.all()] == [
        f"{structure} (Organisateur)",
        "Un village (Partenaire)",
    ]


def test_a_structure_is_named_once_in_an_event(staff_client):
    part = EventParticipationFactory()
    new = added("participations", 1, role="partenaire", structure=part.structure.pk)

    response = save(staff_client, part.event, new)

    assert "Cette structure est déjà citée ici." in " ".join(errors(response))


@time_machine.travel(NOW)
def test_lists_tell_states_and_are_filtered_by_them(staff_client):
    tomorrow = datetime.datetime(2026, 3, 29, 17, tzinfo=PARIS)
    closing = CallFactory(closes_at=tomorrow)
    CallFactory()
    cancelled = EventFactory(is_cancelled=True)
    EventFactory()
    closed = OfferFactory(closes_on=datetime.date(2026, 3, 27))
    OfferFactory()

    text = staff_client.get(address(Call, "changelist")).text

    assert "Clôture demain" in text
    assert "Permanent" in text
    assert listed(staff_client, Call, etat="cloture-proche") == [closing]
    assert listed(staff_client, Event, etat="annule") == [cancelled]
    assert listed(staff_client, Offer, etat="cloturee") == [closed]
    assert len(listed(staff_client, Offer, etat="rien-de-tel")) == 2


@pytest.mark.parametrize("make", EVERY)
def test_drafts_are_published_from_the_list(make, staff_client):
    row = make()

    act(staff_client, "publish", row)

    row.refresh_from_db()
    assert row.is_published


@pytest.mark.parametrize("make", EVERY)
def test_the_address_of_what_was_published_does_not_change(make, staff_client):
    row = make(published=True, slug="le-premier")

    page = staff_client.get(page_of(row)).text
    save(staff_client, row, {"slug": "le-second"})

    row.refresh_from_db()
    assert row.slug == "le-premier"
    assert "La fin de l’adresse, qui ne change plus" in page
