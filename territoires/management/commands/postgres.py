"""`manage.py postgres`: the embedded PostgreSQL, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from territoires.postgres import PostgresUnavailable, Server, Status

if TYPE_CHECKING:
    from argparse import ArgumentParser

UNUSED = "DATABASE_URL est définie : le PostgreSQL embarqué ne sert pas."


class Command(BaseCommand):
    """Start, stop, describe or delete the server used when `DATABASE_URL` is unset."""

    help = "Le PostgreSQL embarqué de la démonstration et des tests."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "action",
            choices=["start", "stop", "status", "remove"],
            help="démarrer, arrêter, décrire, ou arrêter et effacer avec ses données",
        )
        parser.add_argument(
            "--immediate",
            action="store_true",
            help="avec stop : arrêter net, comme lors d’une panne",
        )

    def handle(self, *, action: str, immediate: bool, **options: Any) -> None:
        if settings.DATABASE_URL:
            if action == "start":
                raise CommandError(UNUSED)
            self.stdout.write(UNUSED)
            return
        try:
            status = self._act(Server(settings.VAR_DIR), action, immediate=immediate)
        except PostgresUnavailable as error:
            raise CommandError(str(error)) from error
        self.stdout.write(self._sentence(status))

    def _act(self, server: Server, action: str, *, immediate: bool) -> Status:
        if action == "start":
            return server.start()
        if action == "stop":
            return server.stop(immediate=immediate)
        if action == "remove":
            return server.remove()
        return server.status()

    def _sentence(self, status: Status) -> str:
        if status.version is None:
            return "PostgreSQL embarqué : aucune base."
        if not status.running:
            return f"PostgreSQL {status.version} est arrêté. Données : {status.data}"
        return (
            f"PostgreSQL {status.version} tourne (processus {status.pid}). "
            f"Données : {status.data} ; prise : {status.socket}"
        )
