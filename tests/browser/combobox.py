"""The search box with suggestions, as those who use it see it."""

from __future__ import annotations

from playwright.sync_api import expect


class Combobox:
    """The search box of the main part of a page, as assistive technology sees it."""

    def __init__(self, page):
        self.page = page
        self.input = page.get_by_role("combobox", name="Chercher un acteur")
        self.list = page.get_by_role("listbox", name="Suggestions")
        self.options = self.list.get_by_role("option")
        self.status = page.locator(".combobox [role=status]")

    def type(self, text):
        self.input.press_sequentially(text)

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def expect_open(self, number):
        """That many options are shown, and read out."""
        expect(self.options).to_have_count(number)
        expect(self.list).to_be_visible()
        expect(self.input).to_have_attribute("aria-expanded", "true")
        shown = self.list.get_attribute("id")
        assert self.input.get_attribute("aria-controls") == shown
        plural = "s" if number > 1 else ""
        expect(self.status).to_have_text(f"{number} suggestion{plural}")

    def expect_closed(self):
        expect(self.list).to_be_hidden()
        expect(self.input).to_have_attribute("aria-expanded", "false")
        assert self.active is None

    @property
    def active(self):
        """The words of the option under the keys, while the focus stays in the box."""
        key = self.input.get_attribute("aria-activedescendant")
        selected = self.list.locator("[aria-selected=true]")
        assert selected.count() == (1 if key else 0)
        if not key:
            return None
        assert selected.get_attribute("id") == key
        assert self.input.evaluate("e => e === document.activeElement")
        return " ".join(selected.inner_text().split())


def open_at(page, address):
    page.goto(address)
    return Combobox(page)
