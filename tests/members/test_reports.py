"""« Signaler une erreur »: what anybody may tell, and what the staff make of it."""

import datetime
import re

import pytest
import time_machine
from django.urls import reverse

from members import reports
from members.models import Report
from tests.admin_forms import act
from tests.factories import ProjectFactory, ReportFactory, StructureFactory
from tests.pages import Page

NOW = datetime.datetime(2026, 11, 2, 7, 30, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


@pytest.fixture
def town(db):
    return StructureFactory(published=True, name="Ville d’essai", slug="ville")


def address(slug="ville", kind="structure"):
    return reverse(f"members:report-{kind}", args=[slug])


def mark(client, path):
    """What the form says of when it was opened."""
    return re.search(r'name="opened" value="([^"]+)"', client.get(path).text)[1]


def send(client, clock, *, path=None, seconds=20, **changes):
    path = path or address()
    opened = mark(client, path)
    clock.shift(seconds)
    said = {"about": "coordonnees", "text": "Le 04 a changé.", "opened": opened}
    return client.post(path, {**said, **changes})


def test_a_visitor_tells_of_an_error_without_a_cookie(client, clock, town):
    page = Page(send(client, clock, email="lea@essai.example"))

    report = Report.objects.get()
    assert "Merci" in page.text
    assert (report.structure, report.text) == (town, "Le 04 a changé.")
    assert report.email == "lea@essai.example"
    assert not client.cookies


def test_the_page_of_a_record_leads_there(client, town):
    page = Page(client.get(town.get_absolute_url()))

    assert page.links["Signaler une erreur"]["href"] == address()


def test_a_project_too(client, clock, db):
    project = ProjectFactory(published=True, slug="puits")

    send(client, clock, path=address("puits", "project"))

    assert Report.objects.get().project == project


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": "  "}, "Ce champ est obligatoire."),
        ({"about": ""}, "Ce champ est obligatoire."),
        ({"about": "autre-chose"}, "Sélectionnez un choix valide"),
        ({"email": "pas une adresse"}, "Saisissez une adresse électronique valide."),
        ({"text": "x" * 2_001}, "2000 caractères"),
        ({"opened": "forgée"}, "ouverte depuis longtemps"),
        ({"seconds": 0}, "Relisez ce que vous envoyez"),
        ({"seconds": 100_000}, "ouverte depuis longtemps"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(changes, words, client, clock, town):
    response = send(client, clock, **{"text": "Mon message", **changes})

    assert words in Page(response).text.replace("\u202f", "")
    assert not Report.objects.exists()
    if "text" not in changes:
        assert "Mon message" in response.text


def test_a_robot_is_thanked_and_nothing_is_kept(client, clock, town):
    page = Page(send(client, clock, surname="Robot"))

    assert "Merci" in page.text
    assert not Report.objects.exists()


def test_a_sender_is_stopped_after_a_few_and_loses_nothing(client, clock, town):
    for _ in range(reports.MOST):
        send(client, clock)

    stopped = send(client, clock, text="Un de trop")
    clock.shift(3_700)
    after = send(client, clock)

    assert stopped.status_code == 429
    assert "réessayez dans une heure" in stopped.text
    assert "Un de trop" in stopped.text
    assert "Merci" in after.text


def test_another_sender_is_not_stopped(client, clock, town):
    for _ in range(reports.MOST):
        send(client, clock)
    client.defaults["REMOTE_ADDR"] = "192.0.2.7"

    assert "Merci" in send(client, clock).text


def test_behind_a_proxy_senders_are_told_apart_by_what_it_says(rf, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def sender(forwarded):
        request = rf.get("/", headers={"x-forwarded-for": forwarded})
        return reports.sender_of(request)

    assert sender("198.51.100.1, 192.0.2.7") == sender("203.0.113.9, 192.0.2.7")
    assert sender("192.0.2.7") != sender("192.0.2.8")
    assert "192.0.2.7" not in sender("192.0.2.7")


def test_a_draft_has_no_such_page(client, db):
    StructureFactory(slug="brouillon")

    assert client.get(address("brouillon")).status_code == 404


def test_hostile_words_are_read_as_words(staff_client, client, clock, town):
    send(client, clock, text="<script>alert(1)</script>")

    listed = staff_client.get(reverse("admin:members_report_changelist"))

    assert "<script>alert(1)</script>" not in listed.text
    assert "&lt;script&gt;alert(1)" in listed.text


@pytest.mark.parametrize(
    ("action", "outcome"), [("mark_done", "corrige"), ("mark_refused", "sans-suite")]
)
def test_the_staff_settle_reports_in_one_click(
    action, outcome, staff, staff_client, db
):
    report = ReportFactory()

    act(staff_client, action, report)

    report.refresh_from_db()
    assert (report.outcome, report.settled_by) == (outcome, staff)


def test_who_sent_it_is_forgotten_in_time(clock, db):
    report = ReportFactory(sender="abc", email="lea@essai.example")
    clock.shift(datetime.timedelta(days=2))
    reports.forget()
    report.refresh_from_db()
    after_a_day = (report.sender, report.email)

    Report.objects.settle("corrige", by=None)
    clock.shift(datetime.timedelta(days=366))
    reports.forget()

    report.refresh_from_db()
    assert after_a_day == ("", "lea@essai.example")
    assert report.email == ""
