"""Alerts in tests: asked, confirmed, told."""

import datetime
import re

from django.test import Client
from django.urls import reverse

from members.alerts import digests
from tests.members.mailbox import sent_to

#: A Wednesday, at half past seven in Paris.
NOW = datetime.datetime(2026, 11, 4, 6, 30, tzinfo=datetime.UTC)
ZOE = "zoe@essai.example"


def page(listing="annuaire/", query="pays=ML"):
    return f"{reverse('members:follow', args=[listing])}?{query}"


def ask(clock, path=None, client=None, **changes):
    """Ask for an alert by the page of a search, as a visitor does."""
    client, path = client or Client(), path or page()
    opened = re.search(r'name="opened" value="([^"]+)"', client.get(path).text)[1]
    clock.shift(20)
    said = {"email": ZOE, "rhythm": "chaque-jour", "opened": opened}
    return client.post(path, {**said, **changes})


def link(address=ZOE, what="confirmer"):
    """The path of the last link of that sort that an address was sent."""
    bodies = "\n".join(letter.body for letter in sent_to(address))
    return re.search(rf"/mon-espace/alertes/{what}/\S+/", bodies)[0]


def subscribe(clock, path=None, **changes):
    """Ask for an alert, and confirm it by its link."""
    ask(clock, path, **changes)
    Client().post(link(changes.get("email", ZOE)))


def next_round(clock, days=1):
    """What the worker says after some days; give how many mails are written."""
    clock.shift(datetime.timedelta(days=days))
    return digests.tell_all()


def digests_to(address=ZOE):
    """The mails of alerts that an address was sent, the last one first."""
    return [m for m in sent_to(address) if m.subject.startswith("Vos alertes")]
