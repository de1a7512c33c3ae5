"""The map of the region: by mouse and by keyboard, in step with its list."""

import re

import pytest
from playwright.sync_api import expect

from directory.models import Publication, Structure
from tests.browser import many_points
from tests.browser.chromium import PHONE
from tests.browser.test_csp import LISTEN
from tests.factories import ProjectFactory, StructureFactory

pytestmark = pytest.mark.browser

FOCUSED = """() => {
    const focused = document.activeElement;
    return (focused.getAttribute("aria-label") ?? focused.textContent).trim();
}"""
SHOWN = ".map-list:not([hidden])"


def structures(number, latitude, longitude, name):
    for n in range(number):
        StructureFactory(
            published=True,
            name=f"{name} {n:02}",
            latitude=latitude + n / 100,
            longitude=longitude,
            city="Digne",
            point_source="saisie",
        )


@pytest.fixture
def region_map(site, open_page):
    """The map, drawn: fifteen neighbours, three of the Alps, two at one place."""
    hidden = Structure.objects.exclude(name__startswith="Voisine")
    hidden.update(publication=Publication.DRAFT)
    structures(3, 44.6, 6.1, "Alpine")
    for n in range(2):
        StructureFactory(
            published=True,
            name=f"Jumelle {n}",
            latitude=44.9,
            longitude=6.6,
            point_source="saisie",
        )

    def opened(**options):
        page = open_page(reduced_motion="reduce", **options)
        page.add_init_script(LISTEN)
        page.goto(f"{site}/carte/")
        page.locator(SHOWN).wait_for()
        return page

    return opened


def marker(page, name):
    return page.get_by_role("button", name=name)


def status(page, text):
    page.locator("[data-map-said]", has_text=re.compile(text)).wait_for()


def names(page):
    return page.locator(".map-list > li > a").all_inner_texts()


def title_of_the_list(page):
    title = page.locator(".map-list").get_attribute("aria-labelledby")
    return page.locator(f"#{title}").inner_text()


def test_every_point_is_shown_or_counted_in_a_cluster(region_map):
    page = region_map()

    clusters = page.locator(".map-cluster").all_inner_texts()
    points = page.locator(".map-point").count()

    assert sum(map(int, clusters)) + points == 20
    status(page, "^20 acteurs sur la partie affichée, 35 en tout$")
    assert len(names(page)) == 20
    said = "20 acteurs sur la partie affichée, 35 en tout"
    assert title_of_the_list(page) == said


def test_nothing_is_said_of_the_rows_before_they_are_there(region_map):
    page = region_map()
    page.add_init_script(
        """addEventListener("DOMContentLoaded", () => {
          const said = document.querySelector("[data-map-said]");
          window.heard = [];
          new MutationObserver(() => heard.push(said.textContent))
            .observe(said, { childList: true });
        });"""
    )

    page.reload()
    status(page, "^20 acteurs sur la partie affichée, 35 en tout$")

    assert page.evaluate("heard") == ["20 acteurs sur la partie affichée, 35 en tout"]


def test_a_cluster_opens_by_keyboard_and_the_focus_goes_on(region_map):
    page = region_map()

    marker(page, "3 acteurs, agrandir").press("Enter")
    status(page, "^3 acteurs sur la partie affichée")

    assert page.evaluate(FOCUSED).startswith("Alpine")
    assert names(page) == ["Alpine 00", "Alpine 01", "Alpine 02"]
    said = "3 acteurs sur la partie affichée, 35 en tout"
    assert title_of_the_list(page) == said


def test_the_tab_key_stops_at_what_is_in_sight(region_map):
    page = region_map()
    marker(page, "3 acteurs, agrandir").press("Enter")
    status(page, "^3 acteurs")
    for _ in range(3):
        page.get_by_role("button", name="Réduire").click()
    page.get_by_role("button", name="Agrandir", exact=True).click()

    drawn = page.locator(".map-canvas").bounding_box()
    stops = page.locator(".leaflet-marker-icon[tabindex='0']").all()
    boxes = [stop.bounding_box() for stop in stops]

    assert 0 < len(boxes) <= page.locator(".leaflet-marker-icon[role]").count()
    for box in boxes:
        middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        assert drawn["x"] <= middle[0] <= drawn["x"] + drawn["width"]
        assert drawn["y"] <= middle[1] <= drawn["y"] + drawn["height"]


def test_a_marker_opens_its_popup_and_takes_the_focus_back(region_map):
    page = region_map()
    marker(page, "3 acteurs, agrandir").press("Enter")

    marker(page, "Alpine 01, Digne").press("Space")
    popup = page.locator(".leaflet-popup")
    focused = page.evaluate(FOCUSED)
    link = popup.get_by_role("link", name="Alpine 01").get_attribute("href")
    popup.get_by_role("button", name="Fermer").wait_for()
    page.keyboard.press("Escape")
    popup.wait_for(state="detached")

    assert (focused, link) == ("Alpine 01", "/annuaire/alpine-01/")
    assert page.evaluate(FOCUSED) == "Alpine 01, Digne"


def test_a_popup_closed_by_its_button_gives_the_focus_back_too(region_map):
    page = region_map()
    marker(page, "3 acteurs, agrandir").press("Enter")
    marker(page, "Alpine 01, Digne").press("Enter")

    page.get_by_role("button", name="Fermer").press("Enter")
    page.locator(".leaflet-popup").wait_for(state="detached")

    assert page.evaluate(FOCUSED) == "Alpine 01, Digne"


def test_actors_of_one_place_are_listed_together(region_map):
    page = region_map()

    marker(page, "2 acteurs à cet endroit, afficher la liste").click()

    popup = page.locator(".leaflet-popup")
    assert popup.get_by_role("link").all_inner_texts() == ["Jumelle 0", "Jumelle 1"]


def test_a_name_with_markup_in_it_stays_a_name(region_map, site):
    page = region_map()
    Structure.objects.filter(name="Alpine 01").update(name="<b>Alpine</b> & Cie")
    page.goto(f"{site}/carte/?q=cie")
    page.locator(SHOWN).wait_for()

    page.locator(".map-point").click()

    assert page.locator(".leaflet-popup a[href^='/']").inner_text() == (
        "<b>Alpine</b> & Cie"
    )


HIDDEN_NAMES = """() => {
    const box = (element) => element.getBoundingClientRect();
    const marks = [...document.querySelectorAll(".map-cluster, .map-point")].map(box);
    return [...document.querySelectorAll(".map-name span")].filter((name) => {
        const { top, bottom, left, right } = box(name);
        return marks.some((mark) => mark.left < right && left < mark.right
            && mark.top < bottom && top < mark.bottom);
    }).map((name) => name.textContent);
}"""


def test_no_point_hides_a_part_of_a_name(region_map):
    for longitude in (6.1, 6.3, 6.5):
        structures(2, 44.65, longitude, f"Alpine {longitude}")

    page = region_map()
    page.wait_for_function("performance.getEntriesByName('map-drawn').length")

    assert page.evaluate(HIDDEN_NAMES) == []
    expect(page.locator(".map-name", has_text="Hautes-Alpes")).to_have_count(1)
    page.locator(".leaflet-control-zoom-in").click()
    page.wait_for_timeout(500)  # what moved is drawn
    assert page.evaluate(HIDDEN_NAMES) == []


def test_the_list_follows_the_map_and_says_so(region_map):
    page = region_map()

    page.get_by_role("button", name="Agrandir", exact=True).press("Enter")
    page.get_by_role("button", name="Agrandir", exact=True).press("Enter")
    page.get_by_role("region", name="Carte des acteurs").focus()
    for _ in range(12):
        page.keyboard.press("ArrowDown")

    status(page, "^Aucun acteur sur la partie affichée, 35 en tout$")
    assert names(page) == []


def test_the_row_that_is_pointed_at_lights_its_marker(region_map):
    page = region_map()

    page.locator(".map-list a", has_text="Alpine 00").focus()
    by_focus = page.locator(".is-lit").inner_text()
    page.locator(".map-list li", has_text="Jumelle 1").hover()
    by_mouse = page.locator(".is-lit").inner_text()

    assert (by_focus, by_mouse) == ("3", "2")


def test_filters_change_the_points_in_place(region_map):
    page = region_map()

    page.locator("#pays-SN").check()
    status(page, "^15 acteurs sur la partie affichée, 30 en tout$")

    assert page.locator("#resultats").inner_text() == "30 acteurs"
    said = "15 acteurs sur la partie affichée, 30 en tout"
    assert title_of_the_list(page) == said
    assert "pays=SN" in page.url
    link = page.locator("#registres").get_by_role("link", name="Projets")
    assert link.get_attribute("href") == "/carte/projets/?pays=SN"


def test_a_change_that_leaves_nothing_in_sight_shows_the_region_again(region_map):
    page = region_map()
    marker(page, "3 acteurs, agrandir").press("Enter")
    status(page, "^3 acteurs")

    page.locator("#pays-SN").check()

    status(page, "^15 acteurs sur la partie affichée, 30 en tout$")


def test_rows_that_have_no_point_are_listed_when_asked_for(region_map):
    page = region_map()

    page.get_by_role("link", name="15 acteurs sans position connue").click()
    page.locator("#resultats", has_text="15 acteurs").wait_for()

    assert page.locator("#liste .card:visible").count() == 15
    assert page.locator(SHOWN).count() == 0


def test_the_rest_of_a_long_list_comes_when_asked_for(region_map, site):
    structures(30, 43.9, 6.5, "Nombreuse")
    page = region_map()
    page.locator(".map-list > li").nth(24).wait_for()

    page.get_by_role("button", name="Afficher la suite").press("Enter")

    assert page.locator(".map-list > li > a").count() == 48
    assert page.evaluate(FOCUSED) == names(page)[24]


def test_a_project_says_that_it_is_at_its_leads(region_map, site):
    page = region_map()
    lead = Structure.objects.get(name="Alpine 00")
    ProjectFactory(published=True, title="Un puits au loin", lead=lead)
    page.goto(f"{site}/carte/projets/?q=loin")
    page.locator(SHOWN).wait_for()

    marker(page, "Un puits au loin").click()

    said = page.locator(".leaflet-popup").inner_text()
    assert "Alpine 00, Digne" in said
    assert "Situé chez son porteur" in said


def test_one_can_pass_over_the_map(region_map):
    page = region_map()

    page.get_by_role("link", name="Passer la carte").press("Enter")

    assert page.evaluate(FOCUSED) == "35 acteurs"


def test_a_phone_has_the_map_then_the_list(region_map):
    page = region_map(viewport=PHONE)

    drawn = page.locator(".map-canvas").bounding_box()
    below = page.locator(SHOWN).bounding_box()

    assert drawn["width"] > 340
    assert below["y"] > drawn["y"] + drawn["height"]


def test_communes_are_drawn_when_one_looks_closer_and_not_before(region_map):
    page = region_map()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    assert page.locator(".map-land").count() == 1

    marker(page, "3 acteurs, agrandir").press("Enter")
    page.locator(".map-border--commune").wait_for(state="attached")

    page.locator(".map-name--communes").first.wait_for(state="attached")
    assert {url.rsplit("/", 1)[1] for url in asked} == {"epci.json", "communes.json"}


def test_ten_thousand_points_are_all_drawn(region_map, site):
    page = region_map()

    many_points.drawn_ms(page, site)

    # One at the very edge may be out of the window.
    status(page, r"^(9\s999|10\s000) acteurs sur la partie affichée")


def test_nothing_that_the_map_does_is_forbidden(region_map):
    page = region_map()

    marker(page, "3 acteurs, agrandir").click()
    marker(page, "Alpine 01, Digne").click()
    page.locator("#pays-SN").check()
    status(page, "^15 acteurs sur la partie affichée")

    assert page.evaluate("window.violations") == []


def test_when_points_do_not_come_the_list_is_there(region_map, open_page, site):
    page = open_page()
    page.route("**/carte/points/**", lambda route: route.abort())

    page.goto(f"{site}/carte/")
    status(page, "La carte n’a pas pu être chargée")

    assert page.locator("#liste .card:visible").count() == 24


def test_without_scripts_a_drawing_leads_to_the_departements(site, open_page):
    page = open_page(java_script_enabled=False)
    page.goto(f"{site}/carte/?pays=SN")

    page.locator("svg a", has_text="Bouches").press("Enter")
    page.wait_for_url("**departement=13**")

    assert page.locator("#liste .card").count() == 24
    assert page.locator(".map-canvas").is_hidden()
    assert "pays=SN" in page.url


def test_paper_has_the_drawing_and_the_list(region_map):
    page = region_map()

    page.emulate_media(media="print")

    assert page.locator(".map-rows__drawing").is_visible()
    assert page.locator("#liste .card").first.is_visible()
    assert page.locator(".map-canvas").is_hidden()
