"""What the worker does each day without being asked."""

from __future__ import annotations

from procrastinate.contrib.django import app

from members import freshness, reports


@app.periodic(cron="30 7 * * *")
@app.task(queue="rounds", queueing_lock="freshness", lock="freshness")
def keep_fresh(timestamp: int) -> None:  # noqa: ARG001 - always given
    """Ask structures whether their records are still right."""
    freshness.ask_all()


@app.periodic(cron="47 3 * * *")
@app.task(queue="rounds", queueing_lock="forget-senders")
def forget_senders(timestamp: int) -> None:  # noqa: ARG001 - always given
    """Forget who reported errors, when it is time."""
    reports.forget()
