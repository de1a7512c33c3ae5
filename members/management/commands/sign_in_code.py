"""`manage.py sign_in_code ADDRESS`: the code that a mail did not bring."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from members import second_factor
from members.accounts import codes
from members.models import User


class Command(BaseCommand):
    """Let in somebody who has a shell when the mail server is broken."""

    help = (
        "Affiche le code de connexion qu’attend un navigateur, pour le jour où les"
        " courriels ne partent plus\u00a0: demandez-le d’abord à la page de connexion."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", metavar="ADRESSE")
        parser.add_argument(
            "--forget-second-factors",
            action="store_true",
            help="Retire aussi les seconds facteurs du compte, s’ils sont perdus.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.with_address(options["address"]).first()
        if user is None:
            message = "Aucun compte à cette adresse."
            raise CommandError(message)
        if options["forget_second_factors"]:
            number = second_factor.forget(user=user)
            self.stdout.write(f"Seconds facteurs retirés\u00a0: {number}")
        code = codes.waiting(user.email)
        if not code:
            message = (
                "Aucun code n’attend\u00a0: demandez-en un à la page de connexion,"
                " gardez la page ouverte, et relancez cette commande."
            )
            raise CommandError(message)
        self.stdout.write(code)
