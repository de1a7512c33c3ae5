"""The contrast that is read from pictures, where axe gives up."""

import pytest

from tests.browser import axe, pixels

PAGE = """<!doctype html><p style="position:relative;color:{ink};font-size:16px;
background:linear-gradient({ground})">Essai</p>"""

#: As an editor does: what is changed from outside is drawn anew.
REDRAWN = """() => new MutationObserver(([{ target }]) => {
    const text = target.cloneNode(true);
    text.style.cssText = "color: #fff; background: #111";
    target.replaceWith(text);
}).observe(document.body, { attributes: true, subtree: true })"""


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [((0, 0, 0), (255, 255, 255), 21), ((119,) * 3, (255,) * 3, 4.48)],
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert pixels.contrast(one, other) == pytest.approx(ratio, abs=0.01)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("ink", "ground", "legible"),
    [
        ("#fff", "#000, #222", True),
        ("#fff", "#000, #ddd", False),
        ("#fff", "#ddd, #ddd", False),
    ],
)
def test_a_text_is_held_against_the_worst_of_its_ground(
    open_page, db, ink, ground, legible
):
    page = open_page()
    page.set_content(PAGE.format(ink=ink, ground=ground))

    assert pixels.is_legible(page, "p") is legible
    color = page.locator("p").evaluate("p => getComputedStyle(p).webkitTextFillColor")
    assert color == "rgb(255, 255, 255)"


@pytest.mark.browser
def test_a_text_that_an_editor_redraws_is_read_as_it_was(open_page, db):
    page = open_page()
    page.set_content(PAGE.format(ink="#fff", ground="#000, #222"))
    page.evaluate(REDRAWN)

    assert pixels.is_legible(page, "p")


@pytest.mark.browser
@pytest.mark.parametrize(("halo", "legible"), [("#012", True), ("#ccc", False)])
def test_a_text_of_a_drawing_is_held_against_its_halo(open_page, db, halo, legible):
    page = open_page()
    page.set_content(
        f'<svg><text y="20" fill="#fff" stroke="{halo}" stroke-width="6"'
        ' paint-order="stroke">Essai</text></svg>'
    )

    assert pixels.is_legible(page, "text") is legible


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tr:nth-child(2) > td:nth-child(1)", "tr:nth-child(3) > td:nth-child(1)"),
        ('label[for="id_countries_78"]', 'label[for="id_countries_214"]'),
        ("#id_countries_0", "#id_countries_12"),
    ],
)
def test_what_is_told_apart_by_its_rank_alone_is_read_once(one, other):
    assert axe.siblings_of(one) == axe.siblings_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("h2", "h3"),
        (".goal--4", ".goal--5"),
        ('a[href="?odd=4"]', 'a[href="?odd=5"]'),
        ('label[for="id_countries_78"]', 'label[for="id_goals_78"]'),
        ("tspan[dy='1em'][x='456']", "tspan[dy='1em'][x='461']"),
    ],
)
def test_what_may_look_different_is_read_each_time(one, other):
    assert axe.siblings_of(one) != axe.siblings_of(other)
