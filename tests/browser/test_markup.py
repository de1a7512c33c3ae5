"""Every page is valid HTML, and the checker itself sees what it must."""

import pytest

from tests.browser.markup import problems
from tests.browser.pages import named, sights

VALID = """<!doctype html><html lang="fr"><head><title>Essai</title></head>
<body><main><h1>Essai</h1>{}</main></body></html>"""


@pytest.mark.browser
@pytest.mark.parametrize(("kind", "person"), sights(), ids=named)
def test_the_page_is_valid(observe, kind, person):
    assert observe(kind, person).markup == []


def test_a_valid_page_has_no_problem():
    assert problems(VALID.format("<p>Un <a href='/'>lien</a>.</p>")) == []


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        ("<p><b>pas fermé</p>", "line 2"),
        ("<p id=a>1</p><p id=a>2</p>", "found 2 times"),
        ("<label for=x>Nom</label>", "label for=x"),
        ("<p aria-describedby=x>1</p>", "aria-describedby=x"),
        ("<a href='#x'>plus bas</a>", "a href=#x"),
        ("<a href='/'><button>Bouton</button></a>", "in a link"),
        ("<span><div>bloc</div></span>", "div in span"),
        ("<ul><p>bloc</p></ul>", "p directly in ul"),
        ("<img src='/a.png'>", "no alt"),
        ("<input name=q>", "no label"),
        ("<h1>Deux</h1>", "2 h1"),
        ("<h3>Trop bas</h3>", "h3 after h1"),
    ],
)
def test_a_fault_is_found(html, problem):
    found = problems(VALID.format(html))

    assert len(found) == 1
    assert problem in found[0]


def test_a_page_without_language_nor_title_is_refused():
    found = problems("<!doctype html><html><body><main><h1>A</h1></main></body></html>")

    assert found == ["html: no lang", "no title"]
