"""The invented register: the same for everyone, and shaped as a real one."""

from collections import Counter
from itertools import islice

from bench.generator import COUNTRIES, SECTORS, TYPES, Generator
from bench.loading import Loader
from bench.prepare import fingerprint
from directory.models import Country, Project, Sector, Structure, StructureType
from news.models import Article, Call, Event

SIZE = 1_000


def rows(size):
    made = Generator(size)
    posts = (*made.articles(), *made.calls(), *made.events())
    return [*made.structures(), *made.projects(), *posts]


def test_a_size_gives_the_same_rows_each_time():
    assert rows(SIZE) == rows(SIZE)


def test_a_small_register_is_the_beginning_of_a_large_one():
    large = Generator(10 * SIZE).structures()

    assert list(islice(large, SIZE)) == list(Generator(SIZE).structures())


def test_there_are_three_projects_for_a_structure_and_one_article_for_ten():
    made = Generator(SIZE)

    assert len(list(made.projects())) == 3 * SIZE
    assert Generator(100 * SIZE).numbers["projects"] == 30_000
    assert len(list(made.articles())) == SIZE // 10
    assert len(list(made.calls())) == len(list(made.events())) == SIZE // 50


def test_addresses_are_unique():
    for kind in (
        *(Generator.structures, Generator.projects),
        *(Generator.articles, Generator.calls, Generator.events),
    ):
        slugs = [row.slug for row in kind(Generator(SIZE))]
        assert len(set(slugs)) == len(slugs)


def test_a_few_countries_are_those_of_most_actors():
    structures = list(Generator(SIZE).structures())
    actors = Counter(code for row in structures for code in row.countries)

    assert [code for code, _ in actors.most_common(1)] == ["SN"]
    assert len(actors) > 150
    assert 2.5 < actors.total() / SIZE < 4


def test_descriptions_are_long_and_one_in_eight_is_about_education():
    texts = [row.description.lower() for row in Generator(SIZE).structures()]

    assert all(400 < len(text) < 2_000 for text in texts)
    assert 0.1 < sum("éducation" in text for text in texts) / SIZE < 0.25


def test_two_actors_in_five_are_members_for_good():
    running = [
        row
        for row in Generator(SIZE).structures()
        if row.member_from and not row.member_until
    ]

    assert 0.35 < len(running) / SIZE < 0.45


def test_every_word_of_the_vocabularies_is_one_of_the_register(db):
    assert set(TYPES) <= set(StructureType.objects.values_list("code", flat=True))
    assert set(COUNTRIES) <= set(Country.objects.values_list("code", flat=True))
    assert set(SECTORS) == set(Sector.objects.values_list("code", flat=True))


def test_rows_are_loaded_published_with_all_that_they_are_linked_to(db):
    written = []

    numbers = Loader(100, written.append).load()

    assert numbers == {
        "structures": 100,
        "projects": 300,
        "articles": 10,
        "calls": 2,
        "events": 2,
    }
    assert sum(written) == 414
    assert Structure.objects.published().count() == 100
    assert Project.objects.published().count() == 300
    assert Article.objects.published().count() == 10
    assert Call.objects.published().count() == 2
    assert Event.objects.published().count() == 2
    assert all(call.tags.exists() for call in Call.objects.all())
    for structure, row in zip(
        Structure.objects.order_by("pk"), Generator(100).structures(), strict=True
    ):
        assert structure.slug == row.slug
        assert structure.type.code == row.type
        assert {country.code for country in structure.countries.all()} == set(
            row.countries
        )
        assert {sector.code for sector in structure.sectors.all()} == set(row.sectors)
        assert {goal.number for goal in structure.goals.all()} == set(row.goals)
    assert all(project.lead for project in Project.objects.all())


def test_rows_are_valid_for_the_admin(db):
    Loader(20, lambda _: None).load()

    for structure in Structure.objects.all():
        structure.full_clean()
    for project in Project.objects.all():
        project.full_clean()
    for article in Article.objects.all():
        article.full_clean()


def test_a_database_is_told_from_another_by_its_rows():
    assert fingerprint(100) == fingerprint(100)
    assert fingerprint(100) != fingerprint(1_000)
