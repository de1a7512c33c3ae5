"""The rows that a query finds, the best first, and words that nobody wrote."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.models import Project, Structure
from directory.search.finding import find, repair
from directory.search.lexicon import distance
from directory.search.queries import parse
from news.models import Article
from tests.factories import ArticleFactory, ProjectFactory, StructureFactory


def found(typed):
    return set(find(Structure, parse(typed)).rows)


def repaired(typed, model=Structure):
    meant = repair(find(model, parse(typed)))
    return meant.query.text if meant and meant.rows else None


@pytest.fixture
def mali(db):
    return StructureFactory(
        published=True,
        name="Écoles d’ailleurs",
        countries=["ML"],
        sectors=["education"],
        description="Nos œuvres à Aix-en-Provence : de l’eau potable et des puits.",
    ).pk


@pytest.mark.parametrize(
    "typed",
    [
        "education mali",
        "Éducation MALI",
        "éducations",
        "l’éducation au Mali",
        "l'éducation",
        "educa",
        "école",
        "oeuvre",
        "Œuvre",
        "Aix en Provence",
        "Aix-en-Provence",
        '"eau potable"',
        "“Eau potable”",
        "mali -sport",
        "-sport",
        "puits d'eau",
    ],
)
def test_it_is_found_however_it_is_typed(typed, mali):
    StructureFactory(published=True, sectors=["sport"])

    assert found(typed) == {mali}


@pytest.mark.parametrize(
    "typed",
    [
        '"potable eau"',
        '"eau pot"',
        '"education mali"',
        '"mali education"',
        "mali -école",
        "mali -écoles",
        'mali -"eau potable"',
        "-mali",
        "mali niger",
    ],
)
def test_it_is_not_found_by_what_it_does_not_say(typed, mali):
    assert found(typed) == set()


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ("Birmanie", {"countries": ["MM"]}),
        ("Myanmar", {"countries": ["MM"]}),
        ("RDC", {"countries": ["CD"]}),
        ("États-Unis", {"countries": ["US"]}),
        ("etats unis", {"countries": ["US"]}),
        ("eau potable", {"sectors": ["eau-assainissement"]}),
        ('"eau potable"', {"sectors": ["eau-assainissement"]}),
    ],
)
def test_a_synonym_finds_the_country_and_the_sector(typed, fields, db):
    row = StructureFactory(published=True, name="Amis", **fields)
    StructureFactory(published=True, countries=["SO"], sectors=["sport"])

    assert found(typed) == {row.pk}


def test_a_word_between_quotes_is_not_the_beginning_of_another(db):
    mali = StructureFactory(published=True, name="Amis", countries=["ML"])
    StructureFactory(published=True, name="Maliens", countries=["SO"])

    assert found('"mali"') == {mali.pk}
    assert len(found("mali")) == 2


def test_words_that_say_nothing_count_only_alone(db):
    row = StructureFactory(published=True, name="Dans la ville")
    other = StructureFactory(published=True, name="Ville Laos")

    assert found("la ville") == {row.pk, other.pk}
    assert found("la") == found("dans la") == {row.pk}


def test_names_come_before_what_is_known_and_that_before_the_rest(db):
    rest = StructureFactory(published=True, name="Un", description="Au Mali.")
    known = StructureFactory(published=True, name="Deux", countries=["ML"])
    named = StructureFactory(published=True, name="Amis du Mali")

    matches = find(Structure, parse("mali"))

    assert set(matches.names) == {named.pk}
    assert set(matches.known()) == {named.pk, known.pk}
    assert set(matches.known([known.pk, rest.pk], 1)) == {known.pk}
    assert matches.known([known.pk, rest.pk], 2) == matches.known()
    assert set(matches.rows) == {named.pk, known.pk, rest.pk}


@pytest.mark.parametrize(
    ("model", "factory", "name"),
    [
        (Structure, StructureFactory, "name"),
        (Project, ProjectFactory, "title"),
        (Article, ArticleFactory, "title"),
    ],
)
def test_drafts_are_neither_found_nor_suggested(model, factory, name, db):
    factory(**{name: "Secretissime", "published": False})

    matches = find(model, parse("secretissima"))

    assert not matches.rows
    assert matches.near == {"secretissima": ()}
    assert not find(model, parse("secretissime")).rows


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("eductaion", "education"),
        ("educaton", "education"),
        ("adèche", "ardeche"),
        ("mlai", "mali"),
        ("ml", None),
        ("mla", None),
        ("aducatoin", None),
        ("eductaion mlai", "education mali"),
        ("marsielle -sport", "marseille -sport"),
        ("xyzzyx", None),
        ("eductaion xyzzyx", None),
        ('"eductaion"', None),
    ],
)
def test_a_word_that_nobody_wrote_is_repaired(typed, meant, db):
    StructureFactory(
        published=True,
        name="Comité de l’Ardèche, Marseille",
        countries=["ML"],
        sectors=["education"],
    )

    assert repaired(typed) == meant


def test_of_two_words_as_near_the_more_common_is_meant(db):
    StructureFactory(published=True, name="Marsilly")
    StructureFactory.create_batch(2, published=True, city="Marseille")

    assert repaired("marsille") == "marseille"


def test_a_word_is_repaired_with_those_of_the_same_listing(db):
    ProjectFactory(published=True, title="Pédagogie")
    StructureFactory(published=True, name="Autre")

    assert repaired("pedagogei", Project) == "pedagogie"
    assert repaired("pedagogei", Structure) is None


def test_the_last_row_with_a_word_takes_it_from_the_suggestions(db):
    row = StructureFactory(published=True, name="Pédagogie")
    Structure.objects.filter(pk=row.pk).archive()

    assert repaired("pedagogei") is None


@pytest.mark.parametrize(
    ("one", "other", "changes"),
    [
        ("mali", "mali", 0),
        ("mlai", "mali", 1),
        ("adeche", "ardeche", 1),
        ("", "eau", 3),
        ("ca", "abc", 3),
        ("kitten", "sitting", 3),
    ],
)
def test_changes_are_counted_letter_by_letter(one, other, changes):
    assert distance(one, other) == distance(other, one) == changes


def test_a_word_whose_last_row_is_gone_gives_way_to_one_that_is_less_near(db):
    row = StructureFactory(published=True, name="Zambrelin")
    StructureFactory(published=True, name="Zambrolux")

    before = repaired("zambrelix")
    Structure.objects.filter(pk=row.pk).archive()

    assert before == "zambrelin"
    assert repaired("zambrelix") == "zambrolux"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda word, n: word[:n] + word[n + 1 :], id="one letter missing"),
        pytest.param(lambda word, n: word[:n] + "w" + word[n + 1 :], id="replaced"),
        pytest.param(lambda word, n: word[:n] + "w" + word[n:], id="added"),
        pytest.param(
            lambda word, n: word[:n] + word[n + 1 : n + 2] + word[n] + word[n + 2 :],
            id="exchanged with the next one",
        ),
    ],
)
@pytest.mark.parametrize(
    "word",
    ["mali", "lilas", "anatole", "cachalot", "banane", "entretien", "solidarite"],
)
def test_any_change_of_a_word_is_repaired(word, change, db):
    StructureFactory(published=True, name=word)

    typed = {change(word, n) for n in range(len(word))}
    asked = {text for text in typed if len(text) > 3 and not found(text)}

    assert {text: repaired(text) for text in asked} == dict.fromkeys(asked, word)


def test_finding_and_repairing_cost_two_statements(mali):
    StructureFactory(published=True, name="Malien, malin, mariée")

    with CaptureQueriesContext(connection) as queries:
        repair(find(Structure, parse('eductaion mlai malei "eau potable" -sport')))

    assert len(queries) == 2


WORDS = st.sampled_from(
    ["mali", "éducation", "educ", "la", "eau", "d", "école", "sport", "zz", "13"]
)
TYPED = st.lists(
    WORDS | st.builds('"{} {}"'.format, WORDS, WORDS) | WORDS.map("-{}".format),
    min_size=1,
    max_size=5,
).map(" ".join)
AGAIN = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=60,
)


@pytest.fixture
def rows(db):
    for fields in (
        {"name": "École de la paix", "countries": ["ML"], "sectors": ["sport"]},
        {"name": "Eau et éducation", "countries": ["NE", "SO"]},
        {"name": "Éducations d’ailleurs", "description": "Le Mali, la mer."},
        {"name": "Mali", "sectors": ["education"], "postcode": "13001"},
    ):
        StructureFactory(published=True, **fields)


@given(typed=TYPED, word=WORDS)
@AGAIN
def test_more_words_never_find_more_rows(rows, typed, word):
    # A word that says nothing (« la ») counts when it is alone.
    assert found(f"ecole {typed} {word}") <= found(f"ecole {typed}")


@given(typed=TYPED | st.text(max_size=40))
@AGAIN
def test_the_two_ways_to_search_find_the_same_rows(rows, typed):
    query = parse(typed.replace("\x00", ""))
    matches = find(Structure, query)

    if query:
        listed = Structure.objects.search(typed).values_list("pk", flat=True)
        assert set(listed) == set(matches.rows)
    assert matches.names <= matches.known() <= matches.rows
    assert matches.known(list(matches.rows), 0) == matches.known()


@pytest.mark.parametrize(
    "typed",
    [
        "x" * 2000,
        "🙂 🙃",
        "مرحبا بالعالم",
        "\u202eabc",
        ":*&|!<>()'\\",
        "é́" * 50,
        "हिन्दी",
    ],
)
def test_no_text_breaks_the_search(typed, rows):
    query = parse(typed)

    assert not query or not find(Structure, query).rows
    assert not query or not Structure.objects.search(typed).exists()
