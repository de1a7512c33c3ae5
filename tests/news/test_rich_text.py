"""Rich text: nothing hostile is kept, whatever writes it and wherever it is shown."""

import re
import unicodedata
from urllib.parse import urlsplit

import html5lib
import pytest
from django.core import serializers
from django.db import connection
from django.template import Context, Template
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from directory.labels import fold
from news.models import Page
from news.rich_text import as_text, clean, paragraphs, with_anchors
from tests.factories import PageFactory

ALLOWED = {"a", "blockquote", "br", "em", "h2", "h3", "li", "ol", "p", "strong", "ul"}
HOSTILE = '<p onclick="x()">Oui<script>alert(1)</script></p>'
CLEANED = "<p>Oui</p>"
#: What attacks are made of, to be put together at random.
PIECES = [
    "<script>alert(1)</script>",
    "<script src=//x.example>",
    "</script>",
    "<style>*{}</style>",
    "<style><!--</style><img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg/onload=alert(1)>",
    "<math><mtext><table><mglyph><style><!--</style>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<form action=https://x.example><input name=q><button>",
    "<iframe srcdoc='<script>1</script>'></iframe>",
    "<object data=x>",
    "<embed src=x>",
    "<base href=//x.example>",
    "<meta http-equiv=refresh content='0;url=//x.example'>",
    "<link rel=stylesheet href=//x.example>",
    "<template><script>1</script></template>",
    "<a href='javascript:alert(1)'>",
    "<a href=' \tjava\nscript:alert(1)'>",
    "<a href='&#106;avascript:alert(1)'>",
    "<a href=JaVaScRiPt:alert(1)>",
    "<a href='data:text/html,<script>1</script>'>",
    "<a href='vbscript:x'>",
    "<a href='//x.example'>",
    "<a href='/\\x.example'>",
    "<a href='/\t/x.example'>",
    "<a href='https:x.example' style='position:fixed' onmouseover=alert(1)>",
    "<a href='https://x.example' target=_blank rel=opener title=x lang=en>",
    '<a href="https://x/&quot; onclick=&quot;x()">',
    "<a href='mailto:a@x.example'>",
    "<a href='#ici'>",
    "<a href='/annuaire/'>",
    "<p style='color:red' class=x id=contenu>",
    "<h1>",
    "<h2 onclick=x>",
    "</h2>",
    "<h3>",
    "<ul><li>",
    "<table><tr><td>",
    "</a>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<",
    ">",
    '"',
    "'",
    "&lt;script&gt;",
    "\x00",
    "é",
]
texts = st.lists(
    st.one_of(
        st.sampled_from(PIECES),
        st.text(max_size=8),
        st.text(alphabet="<>/=\"'& \t\n\x00aAhHsrRi:jJ#;!-", max_size=12),
    ),
    max_size=12,
).map("".join)


def elements(html):
    """The elements of a fragment, as a browser reads it."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return [node for node in tree.iter() if isinstance(node.tag, str)][1:]


def links(html):
    return [element.attrib for element in elements(html) if element.tag == "a"]


@given(html=texts)
def test_no_text_leaves_anything_but_plain_elements_and_safe_links(html):
    for element in elements(clean(html)):
        allowed = {"href", "rel"} if element.tag == "a" else set()
        assert element.tag in ALLOWED
        assert set(element.attrib) <= allowed
        if "href" in element.attrib:
            href = element.attrib["href"]
            assert not re.search(r"[\t\n\r]|^[\x00-\x20]", href)
            inside = re.match(r"#|/(?![/\\])", href)
            assert inside or re.match(r"(?i)(https?|mailto):", href)


@given(html=texts)
def test_links_that_leave_say_it_and_the_others_do_not(html):
    for attributes in links(clean(html)):
        href = attributes.get("href", "#")
        leaves = not href.startswith(("/", "#", "mailto:"))
        if leaves:
            assert attributes["rel"] == "noopener nofollow"
        else:
            assert "rel" not in attributes


@given(html=texts)
@example(html="<h2>0<a href='javascript:alert(1)'><h2><a href='javascript:alert(1)'>")
def test_cleaning_a_clean_text_changes_nothing(html):
    cleaned = clean(html)

    assert clean(cleaned) == cleaned
    assert "\x00" not in cleaned


@given(html=texts)
def test_showing_adds_nothing_but_anchors_of_headings_each_once(html):
    shown = with_anchors(clean(html))

    for element in elements(shown):
        expected = {"a": {"href", "rel"}, "h2": {"id"}, "h3": {"id"}}
        assert set(element.attrib) <= expected.get(element.tag, set())
    ids = [e.attrib["id"] for e in elements(shown) if "id" in e.attrib]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"titre-[-a-z0-9_]+", anchor) for anchor in ids)


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Titre</h2><h3>Sous-titre</h3>",
        "<p><strong>Gras</strong>, <em>italique</em></p>",
        "<ul><li>un</li></ul><ol><li>deux</li></ol>",
        "<blockquote><p>trois</p></blockquote>",
        '<p><a href="/annuaire/?pays=ML&amp;odd=4">ici</a></p>',
        '<p><a href="#titre-aide">là</a></p>',
        '<p><a href="mailto:a@b.example">écrire</a><br>à la ligne</p>',
        '<p><a href="https://a.example/é" rel="noopener nofollow">ailleurs</a></p>',
        "<p>Prix\u00a0: 3\u00a0€ &lt; 4\u00a0€</p>".replace("\u00a0", "&nbsp;"),
    ],
)
def test_what_the_editor_writes_is_kept(html):
    assert clean(html) == html


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("<h1>Un</h1><h4>Deux</h4>", "<h2>Un</h2><h3>Deux</h3>"),
        (
            "<p><b>Gras</b> <i>penché</i></p>",
            "<p><strong>Gras</strong> <em>penché</em></p>",
        ),
        ("<div>Un</div><div>Deux</div>", "<p>Un</p><p>Deux</p>"),
        ("<section><div>Un</div>deux</section>", "<p>Un</p>deux"),
        (
            "<div class=a>Un <a href='/annuaire/'>lien</a></div>",
            '<p>Un <a href="/annuaire/">lien</a></p>',
        ),
        ("<p class=MsoNormal style='mso-x:y'><o:p>Un</o:p></p>", "<p>Un</p>"),
        ("<!--[if gte mso 9]><xml>x</xml><![endif]--><p>Un</p>", "<p>Un</p>"),
        ("<title>T</title><style>p{}</style><p>Un</p>", "<p>Un</p>"),
    ],
)
def test_what_other_editors_write_is_made_ours(pasted, kept):
    assert clean(pasted) == kept


def test_the_cells_of_a_table_are_not_joined():
    cleaned = clean("<table><tr><td>Lundi<td>Gap<tr><td>Mardi<td>Digne</table>")

    assert as_text(cleaned) == "Lundi Gap Mardi Digne"
    assert "<p>Lundi</p><p>Gap</p>" in cleaned


@pytest.mark.parametrize("html", ["", " ", "<p></p>", "<p>&nbsp;</p><h2><br></h2>"])
def test_an_emptied_text_is_empty(html):
    assert clean(html) == ""


def test_headings_can_be_linked_to():
    shown = with_anchors("<h2>Contact &amp; accès</h2><h3><em>Contact</em> accès</h3>")

    assert '<h2 id="titre-contact-acces">' in shown
    assert '<h3 id="titre-contact-acces-2">' in shown


def test_the_words_alone_are_on_one_line():
    assert as_text("<h2>Aide</h2><p>Et\n coopération &amp; co</p>") == (
        "Aide Et coopération & co"
    )


# Whatever writes it


def created():
    return PageFactory(body=HOSTILE)


def saved():
    page = PageFactory()
    page.body = HOSTILE
    page.save()
    return page


def updated():
    page = PageFactory()
    Page.objects.filter(pk=page.pk).update(body=HOSTILE)
    return page


def bulk_created():
    return Page.objects.bulk_create([PageFactory.build(body=HOSTILE)])[0]


def bulk_updated():
    page = PageFactory()
    page.body = HOSTILE
    Page.objects.bulk_update([page], ["body"])
    return page


def loaded():
    page = PageFactory()
    page.body = HOSTILE
    for item in serializers.deserialize("json", serializers.serialize("json", [page])):
        item.save()
    return page


@pytest.mark.parametrize(
    "write", [created, saved, updated, bulk_created, bulk_updated, loaded]
)
def test_it_is_cleaned_whatever_writes_it(write, db):
    page = write()

    assert Page.objects.values_list("body", flat=True).get(pk=page.pk) == CLEANED


def test_it_is_cleaned_again_when_shown(client, db):
    page = PageFactory(published=True)
    with connection.cursor() as cursor:
        cursor.execute("update news_page set body = %s", [HOSTILE])

    html = client.get(page.get_absolute_url()).text

    assert "alert(1)" not in html
    assert CLEANED in html


def test_the_filter_gives_html():
    template = Template("{% load news %}{{ body|rich_text }}")

    shown = template.render(Context({"body": "<h2>Aide</h2>" + HOSTILE}))

    assert shown == '<h2 id="titre-aide">Aide</h2><p>Oui</p>'


def test_an_address_is_read_as_browsers_do():
    (attributes,) = links(clean("<a href='\x01 https://x.exa\nmple/'>x</a>"))

    assert urlsplit(attributes["href"]).netloc == "x.example"


# The words of a text, without its markup


def words_in_sql(html):
    with connection.cursor() as cursor:
        cursor.execute("select news_as_text(%s)", [clean(html)])
        return fold(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Un <em>é</em>té</p><p>deux</p>", "un ete deux"),
        ("<ul><li><p>Eau</p></li><li><p>Sel</p></li></ul>", "eau sel"),
        ("<p>a<br>b &lt;b&gt; R&amp;D 3&nbsp;%</p>", "a b <b> r d 3 %"),
        ('<p><a href="https://x.example/?a>b">Lien</a></p>', "lien"),
        ("", ""),
    ],
)
def test_postgresql_reads_the_words_and_not_the_tags(html, words, db):
    assert words_in_sql(html) == fold(as_text(html)) == words


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([*PIECES, "mot", " ", "œ", "&amp;"])).map("".join))
def test_postgresql_and_python_read_the_same_words(db, html):
    assert words_in_sql(html) == fold(as_text(html))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Un.\n\nDeux.", "<p>Un.</p>\n\n<p>Deux.</p>"),
        ("Un\nDeux", "<p>Un<br>Deux</p>"),
        ("a < b & <i>c</i>", "<p>a &lt; b &amp; &lt;i&gt;c&lt;/i&gt;</p>"),
        (
            "Voir https://x.example/?a=1&b=2.",
            (
                '<p>Voir <a href="https://x.example/?a=1&amp;b=2"'
                ' rel="noopener nofollow">https://x.example/?a=1&amp;b=2</a>.</p>'
            ),
        ),
        (" \n", ""),
    ],
)
def test_a_plain_text_becomes_paragraphs(text, html):
    assert paragraphs(text) == html


@given(st.text())
def test_no_word_of_a_plain_text_is_lost_or_read_as_markup(text):
    kept = unicodedata.normalize("NFC", text.replace("\x00", ""))

    assert fold(as_text(paragraphs(text))) == fold(kept)
