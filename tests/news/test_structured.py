"""What a page says of itself to programs: the right type, public facts, no markup."""

import datetime
import json
import re

import pytest

from tests.factories import (
    ArticleFactory,
    CallFactory,
    EventFactory,
    EventParticipationFactory,
    NetworkFactory,
    OfferFactory,
    StructureFactory,
)

ELEMENT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def data(client, post):
    response = client.get(post.get_absolute_url())
    [found] = ELEMENT.findall(response.text)
    return json.loads(found)


def at(*numbers):
    return datetime.datetime(*numbers, tzinfo=datetime.UTC)


def test_an_article_is_news_of_the_network(client, db):
    NetworkFactory(name="Le réseau")
    article = ArticleFactory(
        published=True, title="Le puits coule", slug="puits", summary="Enfin."
    )

    found = data(client, article)

    publisher = {
        "@type": "Organization",
        "name": "Le réseau",
        "url": "http://testserver/",
    }
    modified = found.pop("dateModified")
    assert datetime.datetime.fromisoformat(modified).tzinfo
    assert found == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Le puits coule",
        "description": "Enfin.",
        "url": "http://testserver/actualites/puits/",
        "inLanguage": "fr",
        "datePublished": "2025-03-10T10:00:00+01:00",
        "publisher": publisher,
        "author": publisher,
    }


def test_a_call_is_a_grant_of_its_funders(client, db):
    call = CallFactory(
        published=True,
        title="L’eau",
        funders=["forim"],
        grant_floor=3000,
        grant_ceiling=15000,
    )

    found = data(client, call)

    assert found["@type"] == "MonetaryGrant"
    assert found["name"] == "L’eau"
    assert [funder["@type"] for funder in found["funder"]] == ["Organization"]
    assert found["amount"] == {
        "@type": "MonetaryAmount",
        "currency": "EUR",
        "minValue": 3000,
        "maxValue": 15000,
    }


def test_an_event_says_when_where_how_and_who_invites(client, db, time_machine):
    time_machine.move_to(at(2026, 6, 1), tick=False)
    event = EventFactory(
        published=True,
        place="Salle des fêtes",
        address="3, rue du Port",
        commune_id="13001",
        online_url="https://visio.example/salle",
        starts_at=at(2026, 6, 12, 16),
    )
    EventParticipationFactory(
        event=event, structure=StructureFactory(published=True, name="La Ville")
    )
    EventParticipationFactory(event=event, role="partenaire")
    EventParticipationFactory(event=event, structure=StructureFactory(name="Secrète"))

    found = data(client, event)

    assert found["@type"] == "Event"
    assert found["startDate"] == "2026-06-12T18:00:00+02:00"
    assert found["endDate"] == "2026-06-12T20:00:00+02:00"
    assert found["eventStatus"] == "https://schema.org/EventScheduled"
    mixed = "https://schema.org/MixedEventAttendanceMode"
    assert found["eventAttendanceMode"] == mixed
    assert found["organizer"] == [{"@type": "Organization", "name": "La Ville"}]
    place, online = found["location"]
    assert place == {
        "@type": "Place",
        "name": "Salle des fêtes",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "3, rue du Port",
            "addressLocality": "Aix-en-Provence",
            "addressCountry": "FR",
        },
    }
    assert online["url"] == "https://visio.example/salle"


def test_whole_days_have_no_hour_and_a_cancelled_event_says_so(client, db):
    event = EventFactory(
        published=True,
        is_all_day=True,
        is_cancelled=True,
        starts_at=at(2026, 6, 1, 22),
        ends_at=at(2026, 6, 2, 22),
    )

    found = data(client, event)

    assert (found["startDate"], found["endDate"]) == ("2026-06-02", "2026-06-03")
    assert found["eventStatus"] == "https://schema.org/EventCancelled"
    assert "location" not in found


def test_nobody_is_invited_to_an_event_that_is_over(client, db, time_machine):
    event = EventFactory(published=True, online_url="https://visio.example/salle")
    time_machine.move_to(event.ends_at, tick=False)

    assert "visio.example" not in client.get(event.get_absolute_url()).text


def test_an_offer_is_a_job_until_the_end_of_its_last_day(client, db):
    offer = OfferFactory(
        published=True,
        title="Chargée de projet",
        kind="stage",
        structure=StructureFactory(published=True, name="La Ville"),
        commune_id="13001",
        closes_on=datetime.date(2026, 6, 30),
    )

    found = data(client, offer)

    assert found["@type"] == "JobPosting"
    assert found["title"] == "Chargée de projet"
    assert found["employmentType"] == "INTERN"
    assert found["validThrough"] == "2026-07-01T00:00:00+02:00"
    assert found["hiringOrganization"]["name"] == "La Ville"
    assert found["jobLocation"]["address"]["addressLocality"] == "Aix-en-Provence"


def test_an_offer_does_not_name_a_structure_that_is_not_public(client, db):
    offer = OfferFactory(published=True, structure=StructureFactory(name="Secrète"))

    assert "hiringOrganization" not in data(client, offer)


@pytest.mark.parametrize("make", [ArticleFactory, CallFactory, EventFactory])
def test_no_title_ends_the_element(client, db, make):
    title = "</script><script>alert(1)</script><!-- & ]]>"
    post = make(published=True, title=title, slug="hostile", summary=title)

    html = client.get(post.get_absolute_url()).text
    found = data(client, post)

    assert found.get("headline", found.get("name")) == title
    assert found["description"] == title
    assert "<script>" not in html


def test_a_draft_says_nothing_to_programs(staff_client, db):
    draft = ArticleFactory()

    assert not ELEMENT.search(staff_client.get(draft.get_absolute_url()).text)


def test_social_sites_learn_that_it_is_an_article_and_since_when(client, db):
    html = client.get(ArticleFactory(published=True).get_absolute_url()).text

    assert '<meta property="og:type" content="article">' in html
    published = "2025-03-10T10:00:00+01:00"
    assert f'<meta property="article:published_time" content="{published}">' in html
