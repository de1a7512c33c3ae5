"""The staff’s pages of keywords."""

import html

from django.contrib.admin.models import LogEntry
from taggit.models import Tag

from news.models import TagAlias
from news.models.tags import tag_named
from tests.admin_forms import act, add, errors, listed, page_of, save
from tests.factories import ArticleFactory, TagAliasFactory


def told(response):
    return plain(html.unescape(response.text))


def plain(text):
    return text.replace("\u00a0", " ")


def test_keywords_are_listed_with_their_number_of_uses(staff_client):
    ArticleFactory(tags=["eau", "forage"])
    ArticleFactory(tags=["eau"])

    rows = listed(staff_client, Tag)

    assert {tag.name: tag.uses for tag in rows} == {"eau": 2, "forage": 1}


def test_unused_keywords_are_found_and_removed_and_the_others_kept(staff_client):
    ArticleFactory(tags=["eau"])
    used, unused = tag_named("eau"), tag_named("forage")

    assert listed(staff_client, Tag, utilise="non") == [unused]
    assert listed(staff_client, Tag, utilise="oui") == [used]
    response = act(staff_client, "remove_unused", used, unused)

    assert list(Tag.objects.all()) == [used]
    assert "1 mot-clé supprimé. 1 qui sert est gardé." in told(response)


def test_a_keyword_is_corrected_everywhere_at_once(staff_client):
    article = ArticleFactory(tags=["forrage"])

    save(staff_client, article.tags.get(), {"name": "forage"})

    assert article.tags.get().name == "forage"


def test_the_spelling_of_a_keyword_is_corrected_and_its_address_stays(staff_client):
    tag = tag_named("EDUCATION")

    save(staff_client, tag, {"name": "Éducation", "slug": "autre"})

    tag.refresh_from_db()
    assert (tag.name, tag.slug) == ("Éducation", "education")


def test_the_address_of_a_new_keyword_is_in_small_letters(staff_client):
    add(staff_client, Tag, {"name": "ONU", "slug": "ONU-femmes"})

    assert Tag.objects.get().slug == "onu-femmes"


def test_a_name_that_another_keyword_has_or_had_is_refused(staff_client):
    tag_named("Éducation")
    TagAliasFactory(name="forage", tag=tag_named("eau"), slug="forage")
    tag = tag_named("santé")

    refused = [
        plain(" ".join(errors(save(staff_client, tag, {"name": name}))))
        for name in ("EDUCATION", "Forage", "!?", 'a"b')
    ]

    assert "déjà un nom du mot-clé « Éducation »" in refused[0]
    assert "déjà un nom du mot-clé « eau »" in refused[1]
    assert "au moins une lettre" in refused[2]
    assert "aucun guillemet" in refused[3]


def test_an_address_that_redirects_is_refused_to_a_new_keyword(staff_client):
    TagAliasFactory(slug="forage")

    response = add(staff_client, Tag, {"name": "Forage neuf", "slug": "forage"})

    assert "mène déjà à un autre mot-clé" in " ".join(errors(response))


def test_a_merge_is_shown_before_it_is_made(staff_client):
    ArticleFactory(title="Un puits", tags=["eau", "forage"])
    ArticleFactory(title="Une école", tags=["eau"])
    eau, forage = tag_named("eau"), tag_named("forage")

    response = act(staff_client, "merge", forage, eau)

    text = told(response)
    assert text.index(f'value="{eau.pk}" required checked') < text.index("forage")
    assert "Un puits" in text
    assert "Une école" in text
    assert "Après la fusion, 2 publications auront le mot-clé gardé." in text
    assert Tag.objects.count() == 2


def test_keywords_are_merged_and_it_is_said_and_written(staff_client):
    first = ArticleFactory(tags=["eau", "forage"])
    second = ArticleFactory(tags=["forage"])
    eau, forage = tag_named("eau"), tag_named("forage")

    response = act(staff_client, "merge", forage, eau, apply="1", keep=eau.pk)

    assert [list(row.tags.names()) for row in (first, second)] == [["eau"], ["eau"]]
    assert "« eau » remplace désormais : forage. 1 publication change" in told(response)
    assert "forage" in LogEntry.objects.get().change_message
    assert TagAlias.objects.get().slug == "forage"
    assert "forage" in told(staff_client.get(page_of(eau)))


def test_a_merge_takes_two_keywords_and_one_to_keep(staff_client):
    eau, forage, other = map(tag_named, ("eau", "forage", "santé"))

    alone = act(staff_client, "merge", eau)
    unsaid = act(staff_client, "merge", eau, forage, apply="1", keep=other.pk)

    assert "au moins deux mots-clés" in told(alone)
    assert "Choisissez le mot-clé à garder." in told(unsaid)
    assert Tag.objects.count() == 3


def test_what_was_merged_no_longer_leads_there_once_taken_away(staff_client, client):
    alias = TagAliasFactory(slug="forage")
    changes = {"aliases-0-DELETE": "on"}

    save(staff_client, alias.tag, changes)

    assert not TagAlias.objects.exists()
    assert client.get("/mots-cles/forage/").status_code == 404
