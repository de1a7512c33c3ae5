"""The three accounts of the demonstration, which anybody opens."""

from __future__ import annotations

from dataclasses import dataclass

from directory.models import Structure
from members.models import Membership, User
from members.models.users import DEMO_DOMAIN
from territoires.demo.files import Loaded


@dataclass(frozen=True)
class Account:
    """A person of the demonstration, and what they may do."""

    email: str
    name: str
    #: What the account shows, for the block printed at the end.
    purpose: str
    structure: str = ""
    role: str = ""


STAFF = Account(f"equipe@{DEMO_DOMAIN}", "Équipe de démonstration", "équipe du réseau")
OWNER = Account(
    f"proprietaire@{DEMO_DOMAIN}",
    "Ombeline Castagnol",
    "propriétaire",
    "Les Passerelles du Levant",
    Membership.Role.OWNER,
)
EDITOR = Account(
    f"membre@{DEMO_DOMAIN}",
    "Théodric Mazeirat",
    "membre, éditeur",
    "Semeurs de Sahel",
    Membership.Role.EDITOR,
)
ACCOUNTS = (STAFF, OWNER, EDITOR)


def load_staff() -> User:
    """The account of the staff, created if it is missing."""
    staff = User.objects.filter(email=STAFF.email).first()
    return staff or User.objects.create_superuser(STAFF.email, name=STAFF.name)


def load_members(structures: Loaded[Structure]) -> int:
    """Create the missing accounts of members, with their structure; give how many."""
    added = 0
    for account in (OWNER, EDITOR):
        if User.objects.filter(email=account.email).exists():
            continue
        user = User.objects.create_user(account.email, name=account.name)
        Membership.objects.create(
            user=user,
            structure=structures.by_name[account.structure],
            role=account.role,
        )
        added += 1
    return added


def described() -> list[str]:
    """The lines that tell who may sign in."""
    width = max(len(account.email) for account in ACCOUNTS)
    return [
        "Comptes de démonstration, qu’un clic ouvre à la page «\u00a0Connexion\u00a0»",
        *(f"  {account.email:<{width}}  {_purpose(account)}" for account in ACCOUNTS),
    ]


def _purpose(account: Account) -> str:
    if not account.structure:
        return account.purpose
    return f"{account.purpose} de «\u00a0{account.structure}\u00a0»"
