"""The door of the site, as tests go through it."""

from tests.members.mailbox import code_sent_to

URL = "/connexion/"
SPACE = "/mon-espace/"
CODE = "/connexion/code/"
REFUSAL = "Ce code n’est pas le bon."
UNKNOWN = "inconnue@essai.example"


def ask(client, address, **fields):
    return client.post(URL, {"email": address, **fields})


def give(client, code, **fields):
    return client.post(CODE, {"code": code, **fields}, follow=True)


def sign_in(client, user, *, address="", **fields):
    ask(client, address or user.email, **fields)
    return give(client, code_sent_to(user.email), **fields)


def arrival(response):
    return response.redirect_chain[-1][0] if response.redirect_chain else None


def is_open(client):
    return "_auth_user_id" in client.session
