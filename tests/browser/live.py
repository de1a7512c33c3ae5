"""A listing that changes in place: what its address asks, what it shows, how late."""

import re
import time
from urllib.parse import parse_qs, urlsplit

COUNTRIES = "#facette-pays"


def query(page):
    return parse_qs(urlsplit(page.url).query, keep_blank_values=True)


def settled(page, heading):
    """Wait until the results say so."""
    page.locator("#resultats", has_text=re.compile(heading)).wait_for()


def shown(page):
    """The counts of the countries that are shown, by code."""
    options = page.locator(f"{COUNTRIES} .option:visible").all()
    return {
        o.get_attribute("data-value"): o.get_attribute("data-count") for o in options
    }


def is_same(page):
    return page.evaluate("window.isSamePage === true")


def slow(page, milliseconds=400):
    """Let answers come late; the addresses that are asked."""
    asked = []

    def wait(route):
        asked.append(route.request.url)
        time.sleep(milliseconds / 1000)
        route.continue_()

    page.route("**/annuaire/?*", wait)
    return asked
