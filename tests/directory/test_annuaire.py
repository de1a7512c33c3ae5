"""The annuaire: what it lists, in which order, and how it is narrowed."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from directory.models import (
    Country,
    Publication,
    Structure,
)
from tests.factories import (
    ContactFactory,
    StructureFactory,
)
from tests.pages import Page

URL = "/annuaire/"


def listed(response):
    names = dict(Structure.objects.values_list("slug", "name"))
    return [names[slug] for slug in Page(response).keys]


# It shows


def test_it_lists_published_structures_as_french_readers_sort_them(client, db):
    for name in ("Zébulon", "Écoles du monde", "eau vive", "Ateliers"):
        StructureFactory(published=True, name=name)

    response = client.get(URL)

    assert listed(response) == ["Ateliers", "eau vive", "Écoles du monde", "Zébulon"]


@pytest.mark.parametrize(
    ("rows", "sentence"), [(0, "Aucun acteur"), (1, "1 acteur"), (3, "3 acteurs")]
)
def test_the_number_of_results_is_a_sentence(client, db, rows, sentence):
    StructureFactory.create_batch(rows, published=True)

    page = Page(client.get(URL))

    assert sentence in page.text


def test_a_page_has_twenty_four_structures_and_leads_to_the_others(client, db):
    StructureFactory.create_batch(50, published=True, countries=["ML"])

    first = client.get(URL, {"pays": "ML"})
    last = client.get(URL, {"pays": "ML", "page": "3"})

    assert len(Page(first).keys) == 24
    assert len(Page(last).keys) == 2
    assert Page(first).query("Suivante") == {"pays": ["ML"], "page": ["2"]}
    assert Page(last).query("Précédente") == {"pays": ["ML"], "page": ["2"]}


def test_a_choice_is_named_with_what_its_number_counts(client, db):
    for countries in (["ML", "SN"], ["ML"]):
        StructureFactory(published=True, countries=countries, type_code="commune")

    html = client.get(URL).text

    assert 'aria-label="Mali, 2 acteurs"' in html
    assert 'aria-label="Sénégal, 1 acteur"' in html


def test_pages_share_no_row(client, db):
    for n in range(30):
        StructureFactory(
            published=True, name="Même nom", slug=f"meme-{n}", countries=["ML", "SN"]
        )

    pages = [client.get(URL, {"page": n, "pays": ["ML", "SN"]}) for n in (1, 2)]
    slugs = [slug for page in pages for slug in Page(page).keys]

    assert len(slugs) == len(set(slugs)) == 30


def test_page_numbers_above_a_thousand_are_plain_in_addresses(client, db, monkeypatch):
    monkeypatch.setattr("directory.views.StructureListView.paginate_by", 1)
    names = [f"Structure {n:04}" for n in range(1002)]
    model = StructureFactory._meta.model
    model.objects.bulk_create(
        model(name=name, slug=name.lower().replace(" ", "-"), publication="publie")
        for name in names
    )

    page = Page(client.get(URL, {"page": "1001"}))

    assert page.query("Suivante") == {"page": ["1002"]}


def test_sorting_by_verification_puts_the_last_confirmed_first(client, db):
    now = timezone.now()
    StructureFactory(published=True, name="Jamais")
    StructureFactory(published=True, name="Hier", verified_at=now)
    StructureFactory(
        published=True, name="Avant", verified_at=now - datetime.timedelta(days=9)
    )

    response = client.get(URL, {"tri": "verifie"})

    assert listed(response) == ["Hier", "Avant", "Jamais"]
    assert Page(response).query("Nom") == {}


# It narrows


def test_filters_combine(client, db):
    match = StructureFactory(published=True, countries=["ML"], goals=[6])
    StructureFactory(published=True, countries=["ML"])
    StructureFactory(published=True, goals=[6])

    response = client.get(URL, {"pays": "ML", "odd": "6"})

    assert Page(response).keys == [match.slug]


def test_values_of_one_facet_add_up_without_repeating_rows(client, db):
    StructureFactory(published=True, name="A", countries=["ML", "SN"])
    StructureFactory(published=True, name="B", countries=["SN"])
    StructureFactory(published=True, name="C", countries=["TG"])

    response = client.get(URL, {"pays": ["ML", "SN"]})

    assert listed(response) == ["A", "B"]


def test_a_parent_type_includes_its_children(client, db):
    StructureFactory(published=True, name="A", type_code="association")
    StructureFactory(published=True, name="B", type_code="comite-de-jumelage")
    StructureFactory(published=True, name="C", type_code="commune")

    assert listed(client.get(URL, {"type": "association"})) == ["A", "B"]
    assert listed(client.get(URL, {"type": "comite-de-jumelage"})) == ["B"]


def test_adherent_keeps_the_members_of_today(client, db):
    StructureFactory(published=True, member=True, name="Adhère")
    StructureFactory(published=True, former_member=True, name="Adhérait")
    StructureFactory(published=True, name="N’adhère pas")

    assert listed(client.get(URL, {"adherent": "oui"})) == ["Adhère"]


def test_a_search_of_many_words_keeps_the_first_and_says_so(client, db):
    StructureFactory(published=True, name="a b c d e f g h i j")

    response = client.get(URL, {"q": "a b c d e f g h i j k l"})

    assert listed(response) == ["a b c d e f g h i j"]
    assert "aux 10 premiers mots" in response.text


def test_words_are_found_whatever_their_accents(client, db):
    StructureFactory(published=True, name="Éducation pour tous")
    StructureFactory(published=True, name="Santé pour tous")

    assert listed(client.get(URL, {"q": "EDUCATION"})) == ["Éducation pour tous"]


def test_a_chip_removes_its_value_and_keeps_the_rest(client, db):
    page = Page(client.get(URL, {"pays": ["ML", "SN"], "q": "eau", "tri": "verifie"}))

    link = "Retirer le filtre Pays d’intervention : Mali"
    assert page.query(link) == {"q": ["eau"], "pays": ["SN"], "tri": ["verifie"]}
    assert page.href("Tout effacer") == "?"


def test_the_title_of_the_page_tells_the_filters(client, db):
    page = Page(client.get(URL, {"pays": "ML", "secteur": "education"}))

    assert page.title.startswith("Mali · Éducation – Annuaire des acteurs – ")


def test_no_result_says_which_filters_to_remove_and_what_each_gives(client, db):
    StructureFactory.create_batch(2, published=True, sectors=["education"])

    page = Page(client.get(URL, {"pays": "ML", "secteur": "education"}))

    assert "Aucun acteur" in page.text
    assert page.query("Retirer Mali (Pays d’intervention)") == {
        "secteur": ["education"]
    }
    assert "Retirer Mali (Pays d’intervention) – 2 résultats" in page.text
    assert "Retirer Éducation" not in page.text
    assert page.href("Effacer tous les filtres") == "?"


def test_words_alone_that_find_nothing_are_no_filter_to_remove(client, db):
    StructureFactory(published=True, name="Éducation pour tous")

    page = Page(client.get(URL, {"q": "xylophone"}))

    assert "Rien ne correspond à « xylophone »" in page.text
    assert "Essayez d’en retirer un" not in page.text


def test_a_filter_whose_removal_lets_a_word_be_repaired_is_offered(client, db):
    StructureFactory(published=True, name="Éducation pour tous", countries=["ML"])
    StructureFactory(published=True, name="Autre", countries=["TG"])

    page = Page(client.get(URL, {"q": "eductaion", "pays": "TG"}))

    assert page.query("Retirer Togo (Pays d’intervention)") == {"q": ["eductaion"]}


def test_a_repair_that_filters_leave_empty_still_counts(client, db):
    StructureFactory(published=True, name="Éducation pour tous", countries=["ML"])
    StructureFactory(published=True, name="Autre", countries=["TG"])

    page = Page(client.get(URL, {"q": "eductaion", "pays": "TG"}))

    assert page.total == 0
    assert page.counts["pays", "ML"] == 1
    assert "Résultats pour « education »" in page.text
    assert page.query("Chercher exactement « eductaion »")["q"] == ['"eductaion"']
    assert Page(client.get(URL, {"q": "eductaion", "pays": "ML"})).total == 1


def test_filters_cost_no_query_each_when_misspelled_words_find_nothing(client, db):
    StructureFactory(published=True, name="Éducation pour tous", countries=["ML"])

    def cost(countries):
        with CaptureQueriesContext(connection) as queries:
            client.get(URL, {"q": "eductaion", "adherent": "oui", "pays": countries})
        return len(queries)

    cost(["TG"])

    assert cost(["TG", "SN", "BJ", "NE", "TD", "CM"]) == cost(["TG", "SN"])


def test_what_is_announced_says_the_page_and_the_repair(client, db):
    StructureFactory.create_batch(30, published=True, description="Éducation.")

    html = client.get(URL, {"q": "eductaion", "page": "2"}).text

    assert (
        'data-said="30 acteurs. Page 2 sur 2. Résultats pour «\u00a0Éducation\u00a0»."'
        in html
    )


def test_three_hundred_filters_make_a_page_of_ordinary_size(client, db):
    StructureFactory(published=True, countries=["ML"])
    codes = [country.code for country in Country.objects.all()]

    response = client.get(URL, {"pays": codes})

    page = Page(response)
    assert page.total == 1
    assert f"et {len(codes) - 30} autres" in page.text
    assert len(response.content) < 300_000


def test_a_character_of_private_use_opens_no_hole(client, db):
    StructureFactory(published=True, name="Nom \ue000 et \ue001", description="forage")

    page = Page(client.get(URL, {"q": "forage"}))

    assert page.links["Nom \ue000 et \ue001"]["href"].startswith("/annuaire/nom-et")


# It hides


def test_drafts_archives_and_merged_structures_are_left_out(client, db):
    kept = StructureFactory(published=True)
    StructureFactory()
    StructureFactory(publication=Publication.ARCHIVED)
    StructureFactory(published=True, merged_into=kept)

    assert Page(client.get(URL)).keys == [kept.slug]


def test_the_badge_is_for_the_members_of_today(client, db):
    StructureFactory(published=True, former_member=True)

    assert "ADHÉRENT" not in Page(client.get(URL)).text


def test_contacts_are_never_listed(client, db):
    contact = ContactFactory(structure__published=True, consenting=True)

    html = client.get(URL).content.decode()

    assert contact.last_name not in html
    assert contact.email not in html


def test_a_former_member_is_not_found_among_members_after_the_last_day(
    client, db, time_machine
):
    StructureFactory(
        published=True,
        name="Presque partie",
        member_from=datetime.date(2020, 1, 1),
        member_until=datetime.date(2025, 6, 30),
    )

    time_machine.move_to(datetime.datetime(2025, 6, 30, 12, tzinfo=datetime.UTC))
    last_day = listed(client.get(URL, {"adherent": "oui"}))
    time_machine.move_to(datetime.datetime(2025, 7, 1, 12, tzinfo=datetime.UTC))
    next_day = listed(client.get(URL, {"adherent": "oui"}))

    assert last_day == ["Presque partie"]
    assert next_day == []


# Who may not, and at what cost


def test_only_reading_is_allowed(client, db):
    assert client.post(URL).status_code == 405


def test_a_visitor_gets_neither_cookie_nor_token(client, db):
    response = client.get(URL, {"pays": "ML"})

    assert not response.cookies
    assert b"csrfmiddlewaretoken" not in response.content


def rich(n):
    for _ in range(n):
        StructureFactory(
            published=True,
            type_code="osim",
            countries=["ML", "SN"],
            sectors=["sante", "education"],
            goals=[3, 4],
        )


@pytest.mark.parametrize("query", ["", "pays=ML&secteur=sante&odd=3&q=essai"])
def test_the_cost_does_not_grow_with_the_rows(
    client, db, django_assert_max_num_queries, query
):
    # From the second page on, the process has an index to compare.
    client.get(f"{URL}?{query}")
    rich(3)
    with django_assert_max_num_queries(30) as few:
        client.get(f"{URL}?{query}")
    rich(27)
    with django_assert_max_num_queries(30) as many:
        client.get(f"{URL}?{query}")

    assert len(many) == len(few)


def test_the_address_is_a_contract():
    assert reverse("directory:structures") == URL


def test_the_title_tells_the_page_after_the_first(client, db):
    for n in range(25):
        StructureFactory(published=True, name=f"Acteur {n}")

    first, second = (Page(client.get(URL, {"page": n})).title for n in (1, 2))

    assert "page" not in first
    assert "Annuaire des acteurs (page 2 sur 2)" in second
