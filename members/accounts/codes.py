"""The code that opens a session: sent by e-mail, whether or not there is an account."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY, stash_login
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from members.models import User


def send_to_sign_in(request: HttpRequest, email: str) -> None:
    """Send a code to the account of an address; to others, that there is none.

    What the visitor sees is the same, and takes as long.
    """
    user = User.objects.who_may_sign_in().with_address(email).first()
    LoginCodeVerificationProcess.initiate(request=request, user=user, email=email)


def send_to_sign_up(request: HttpRequest, email: str, name: str) -> None:
    """Send a code that will make an account, or that opens the one there is.

    Nothing is written before the code came back: nobody makes an account of the
    address of somebody else.
    """
    if User.objects.with_address(email).exists():
        send_to_sign_in(request, email)
        return
    login = Login(user=None, email=email)
    login.state["stages"] = {"current": LoginByCodeStage.key}
    stage = LoginByCodeStage(LoginStageController(request, login), request, login)
    code = get_adapter().generate_login_code()
    state = LoginCodeVerificationProcess.initial_state(user=None, email=email)
    stage.state.update(state, initiated_by_user=True, code=code, name=name)
    get_adapter().send_mail("code", email, {"code": code})
    stash_login(request, login)


@transaction.atomic
def sign_up(*, email: str, name: str) -> User:
    """The account of an address that was just proved, made if there is none."""
    user = User.objects.with_address(email).first()
    return user or User.objects.create_user(email, name=name)


def waiting(email: str) -> str:
    """The last code sent to an address that waits in a browser, or nothing.

    For who has a shell, when mails do not arrive.
    """
    states = [
        session.get_decoded().get(LOGIN_SESSION_KEY, {}).get("state", {})
        for session in Session.objects.filter(expire_date__gt=timezone.now())
    ]
    codes = [
        state["stages"][LoginByCodeStage.key]["data"]
        for state in states
        if state.get("stages", {}).get("current") == LoginByCodeStage.key
    ]
    sent = [code for code in codes if code.get("email", "").lower() == email.lower()]
    sent = [code for code in sent if code.get("code")]
    return max(sent, key=lambda code: code["at"])["code"] if sent else ""
