"""Light or dark: the system's choice, or the visitor's, without a cookie or a flash."""

import pytest

pytestmark = pytest.mark.browser

LIGHT, DARK = "rgb(253, 250, 244)", "rgb(11, 23, 31)"


def ground(page):
    return page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")


@pytest.mark.parametrize(("scheme", "color"), [("light", LIGHT), ("dark", DARK)])
@pytest.mark.parametrize("scripts", [True, False])
def test_the_system_decides_at_first(site, open_page, scheme, color, scripts):
    page = open_page(color_scheme=scheme, java_script_enabled=scripts)

    page.goto(site)

    assert ground(page) == color


@pytest.mark.parametrize(
    ("scheme", "before", "after"), [("light", LIGHT, DARK), ("dark", DARK, LIGHT)]
)
def test_a_choice_lasts_from_page_to_page(site, open_page, scheme, before, after):
    page = open_page(color_scheme=scheme)
    page.goto(site)
    button = page.get_by_role("button", name="Mode sombre")
    pressed = button.get_attribute("aria-pressed")

    button.click()
    assert ground(page) == after
    assert button.get_attribute("aria-pressed") != pressed
    page.goto(f"{site}/annuaire/")
    assert ground(page) == after

    page.get_by_role("button", name="Mode sombre").click()
    assert ground(page) == before
    assert page.evaluate("localStorage.length") == 0
    assert page.context.cookies() == []


def test_a_choice_is_drawn_at_once(site, open_page):
    page = open_page(color_scheme="light")
    page.add_init_script("localStorage.setItem('theme', 'dark')")
    page.add_init_script(
        """new MutationObserver((records, observer) => {
            if (!document.body) return;
            window.first = document.documentElement.dataset.theme;
            observer.disconnect();
        }).observe(document, {childList: true, subtree: true})"""
    )

    page.goto(site)

    assert page.evaluate("window.first") == "dark"


def test_the_keyboard_turns_the_switch(site, open_page):
    page = open_page(color_scheme="light")
    page.goto(site)

    page.get_by_role("button", name="Mode sombre").focus()
    page.keyboard.press("Space")

    assert ground(page) == DARK


def test_without_scripts_there_is_no_switch(site, open_page):
    page = open_page(java_script_enabled=False)

    page.goto(site)

    assert page.get_by_role("button", name="Mode sombre").count() == 0


def test_paper_is_white_whatever_the_screen(site, open_page):
    page = open_page(color_scheme="dark")
    page.goto(f"{site}/annuaire/les-amis/")
    page.emulate_media(media="print")

    assert ground(page) == "rgb(255, 255, 255)"
    assert not page.locator(".site-footer").is_visible()
    assert page.get_by_text("ADHÉRENT").is_visible()
