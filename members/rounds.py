"""What the worker does each day without being asked."""

from __future__ import annotations

from django.core.management import call_command
from procrastinate.contrib.django import app

from directory.history import traces
from directory.search.texts import mend_texts
from members import consent, freshness, reports
from members.accounts import data
from members.alerts import digests, subscribing


@app.periodic(cron="30 7 * * *")
@app.task(queue="rounds", queueing_lock="freshness", lock="freshness")
def keep_fresh(timestamp: int) -> None:  # noqa: ARG001 - always given
    """Ask structures whether their records are still right."""
    freshness.ask_all()


@app.periodic(cron="40 7 * * *")
@app.task(queue="rounds", queueing_lock="consent", lock="consent")
def ask_consent_again(timestamp: int) -> None:  # noqa: ARG001 - always given
    """Ask those whose agreement to be named is about to end."""
    consent.ask_again()


@app.periodic(cron="11 4 * * *")
@app.task(queue="rounds", queueing_lock="forget-unused")
def forget_unused(timestamp: int) -> None:  # noqa: ARG001 - always given
    """Close the accounts that nobody opens."""
    data.forget_unused()


@app.periodic(cron="17 4 * * *")
@app.task(queue="rounds", queueing_lock="forget-contacts")
def forget_old_contacts(timestamp: int) -> None:  # noqa: ARG001 - always given
    """Forget the private data that contacts had, in the history."""
    traces.forget_old_contacts()


@app.periodic(cron="23 4 * * *")
@app.task(queue="rounds", queueing_lock="clear-sessions")
def clear_sessions(timestamp: int) -> None:  # noqa: ARG001 - always given
    """Forget the sessions that are over, with what visitors typed in them."""
    call_command("clearsessions")


@app.periodic(cron="47 3 * * *")
@app.task(queue="rounds", queueing_lock="forget-senders")
def forget_senders(timestamp: int) -> None:  # noqa: ARG001 - always given
    """Forget who sent what, and alerts that nobody confirmed, when it is time."""
    reports.forget()
    subscribing.forget()


@app.periodic(cron="52 5-20 * * *")
@app.task(queue="rounds", queueing_lock="alerts", lock="alerts")
def tell_alerts(timestamp: int) -> None:  # noqa: ARG001 - always given
    """Tell people what their alerts found; those told today are left in peace.

    Each hour of the day: whatever stopped the machines is made up for.
    """
    digests.tell_all()
    subscribing.ask_again()


@app.periodic(cron="53 * * * *")
@app.task(queue="rounds", queueing_lock="check-texts")
def check_texts(timestamp: int) -> None:  # noqa: ARG001 - always given
    """Tell again the texts of the search that are not those of their rows."""
    mend_texts()
