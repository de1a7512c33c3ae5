"""The query string of a listing, read and written again."""

from urllib.parse import parse_qsl, urlencode

import pytest
from django.http import QueryDict
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from directory.filters import ProjectFilter, StructureFilter
from directory.keeping import versions
from directory.listings import selections
from directory.listings.facets import index_of
from directory.listings.shown import nearest_page
from directory.models import Country, Structure
from news.filters import ArticleFilter
from tests.factories import ArticleFactory, ProjectFactory, StructureFactory
from tests.pages import Page

LISTINGS = ["directory:structures", "directory:projects", "news:articles"]


def read(query):
    index = index_of(StructureFilter, versions.current())
    return StructureFilter.select(QueryDict(query), index.known)


# Canonical query strings


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("", ""),
        ("q=&pays=&tri=", ""),
        ("pays=ml", "pays=ML"),
        ("pays=SN&pays=ML&pays=SN", "pays=ML&pays=SN"),
        ("odd=06&odd=3", "odd=3&odd=6"),
        ("departement=2a", "departement=2A"),
        (
            "departement=HORS-REGION&departement=13",
            "departement=13&departement=hors-region",
        ),
        ("secteur=SANTE", "secteur=sante"),
        ("tri=nom", ""),
        ("tri=verifie&pays=ML", "pays=ML&tri=verifie"),
        ("page=3&utm_source=x&pays=ML", "pays=ML"),
        ("q=++eau++potable+", "q=eau+potable"),
        ("q=un&q=deux", "q=deux"),
        ("pays=ZZ&odd=0&type=%3Cb%3E", ""),
    ],
)
def test_one_choice_has_one_query_string(db, typed, canonical):
    assert read(typed).query == canonical


def test_the_canonical_query_string_keeps_the_same_rows(db):
    for codes in (["ML"], ["SN"], ["TG"]):
        StructureFactory(published=True, countries=codes)
    listing = read("pays=sn&pays=ZZ&pays=ML&pays=sn")

    again = read(listing.query)

    assert list(again.rows()) == list(listing.rows())
    assert len(again.rows()) == 2
    assert again.notices == []


def test_a_filter_set_narrows_any_queryset_as_the_selection_does(db):
    StructureFactory(published=True, countries=["ML"])
    StructureFactory(countries=["ML"])
    query = "pays=ml&pays=ZZ&tri=verifie"

    narrowed = StructureFilter(QueryDict(query), Structure.objects.published()).qs

    assert list(narrowed) == list(read(query).rows())
    assert len(narrowed) == 1


# Chips and titles


def test_each_value_has_a_chip_that_removes_it_alone(db):
    listing = read("q=eau&pays=ML&pays=SN&adherent=oui&tri=verifie")

    chips = {chip.label: chip.query for chip in listing.chips}

    assert chips == {
        "«\u00a0eau\u00a0»": "pays=ML&pays=SN&adherent=oui&tri=verifie",
        "Mali": "q=eau&pays=SN&adherent=oui&tri=verifie",
        "Sénégal": "q=eau&pays=ML&adherent=oui&tri=verifie",
        "Adhérents du réseau": "q=eau&pays=ML&pays=SN&tri=verifie",
    }


def test_the_chips_of_many_values_are_written_in_proportion(db, monkeypatch):
    listing = read(urlencode([("pays", row.code) for row in Country.objects.all()]))
    pairs = []

    def counting(query):
        pairs.extend(query)
        return urlencode(query)

    monkeypatch.setattr(selections, "urlencode", counting)

    assert len(listing.chips) > 200
    assert len(pairs) <= 2 * len(listing.chips)


def test_a_chip_keeps_the_display(db):
    listing = read("pays=ML&tri=verifie").displayed(vue="carte", ordre="pays")

    assert [chip.query for chip in listing.chips] == [
        "tri=verifie&vue=carte&ordre=pays"
    ]


def test_a_title_names_four_filters_and_says_there_are_more(db):
    title = read("pays=ML&pays=SN&pays=TG&pays=BJ&pays=MA").title

    assert title == "Bénin · Mali · Maroc · Sénégal · …"


def test_orders_keep_the_filters(db):
    options = read("pays=ML&tri=verifie").orders

    assert [(option.is_chosen, option.query) for option in options] == [
        (False, "pays=ML"),
        (True, "pays=ML&tri=verifie"),
    ]


def test_words_that_only_exclude_have_no_best_match_to_put_first(db):
    options = read("q=-sport").orders

    assert [(option.is_chosen, option.query) for option in options] == [
        (True, "q=-sport"),
        (False, "q=-sport&tri=verifie"),
    ]


# What is dropped


def test_three_unknown_values_are_quoted_and_the_others_counted(db):
    notices = read("&".join(f"pays=X{n}" for n in range(5))).notices

    assert len(notices) == 4
    assert notices[0].startswith("«\u00a0X0\u00a0»")
    assert notices[-1] == "Et 2 autres valeurs ignorées (Pays d’intervention)."


def test_a_long_unknown_value_is_quoted_short(db):
    (notice,) = read(f"secteur={'x' * 5000}").notices

    assert len(notice) < 120


def test_a_known_value_without_any_row_is_kept(db):
    listing = read("pays=MC")

    assert listing.notices == []
    assert [chip.label for chip in listing.chips] == ["Monaco"]


def test_filters_do_not_share_what_they_read(db):
    first, second = read("pays=ML"), read("pays=SN")

    assert [first.title, second.title] == ["Mali", "Sénégal"]


def test_a_long_text_is_cut(db):
    listing = read(f"q={'eau ' * 100}")

    assert len(listing.text) <= 200
    assert "La recherche s’arrête à 200 caractères" in listing.notices[0]


@pytest.mark.parametrize(
    ("raw", "last", "number"),
    [
        ("", 3, 1),
        ("2", 3, 2),
        ("3", 3, 3),
        ("4", 3, 3),
        ("0", 3, 1),
        ("007", 9, 7),
        ("-1", 3, 1),
        ("1.5", 3, 1),
        ("٣", 3, 1),
        ("9" * 5000, 3, 1),
    ],
)
def test_the_nearest_page_is_shown(raw, last, number):
    shown, notices = nearest_page(raw, last)

    assert shown == number
    assert bool(notices) == (raw not in {"", "2", "3", "007"})


def test_the_names_of_parameters_are_a_contract():
    assert {
        kind: list(kind.base_filters) for kind in (StructureFilter, ProjectFilter)
    } == {
        StructureFilter: [
            "q",
            "type",
            "departement",
            "pays",
            "secteur",
            "odd",
            "adherent",
            "tri",
        ],
        ProjectFilter: [
            "q",
            "pays",
            "region",
            "secteur",
            "odd",
            "annee",
            "etat",
            "partenaires",
            "nature",
            "type",
            "departement",
            "financeur",
            "budget",
            "tri",
        ],
    }
    assert list(ArticleFilter.base_filters) == [
        "q",
        "nature",
        "pays",
        "secteur",
        "odd",
        "mot-cle",
        "tri",
    ]


# Properties

PARAMETERS = sorted(
    {*StructureFilter.base_filters, *ProjectFilter.base_filters}
    | {*ArticleFilter.base_filters, "page", "autre"}
)
VALUES = st.one_of(
    st.sampled_from(
        ["ML", "ZZ", "sante", "6", "13", "hors-region", "oui", "verifie", "osim", "2"]
    ),
    st.text(max_size=30),
    st.text(alphabet="\x00%&=<>'\"\\;é\ufffd\U0001f30d 09", max_size=30),
    st.integers().map(str),
)
QUERIES = st.lists(st.tuples(st.sampled_from(PARAMETERS), VALUES), max_size=8)


@pytest.mark.parametrize("listing", LISTINGS)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example(pairs=[("q", "\x00"), ("pays", "\x00"), ("page", "\x00")])
@example(pairs=[("q", "x" * 10_000), ("pays", "y" * 10_000), ("page", "1" * 10_000)])
@example(pairs=[("q", "\\"), ("q", "%"), ("q", "_")])
@given(pairs=QUERIES)
def test_no_query_string_breaks_a_listing(client, db, listing, pairs):
    query = urlencode(pairs, errors="surrogatepass")

    response = client.get(f"{reverse(listing)}?{query}")

    assert response.status_code == 200


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(raw=st.binary(max_size=60))
def test_no_bytes_break_the_annuaire(client, db, raw):
    query = raw.decode("latin-1")

    response = client.get("/annuaire/", QUERY_STRING=query)

    assert response.status_code == 200


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(pairs=QUERIES)
def test_reading_a_canonical_query_string_changes_nothing(db, pairs):
    listing = read(urlencode(pairs, errors="surrogatepass"))

    again = read(listing.query)

    assert again.query == listing.query
    assert again.notices == []
    assert dict(parse_qsl(again.query)).keys() <= {*StructureFilter.base_filters}


@pytest.mark.parametrize("listing", LISTINGS)
def test_every_listing_says_what_it_dropped(client, db, listing):
    StructureFactory(published=True)
    ProjectFactory(published=True)
    ArticleFactory(published=True)

    response = client.get(reverse(listing), {"pays": "ZZ", "page": "7"})

    page = Page(response)
    assert "« ZZ » n’est pas un pays connu" in page.text
    assert "La page 7 n’existe pas" in page.text
    assert page.total == 1
