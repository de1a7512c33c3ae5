"""A mail server on loopback, as strict and as unreliable as a test asks."""

from __future__ import annotations

import contextlib
import email
import email.policy
import socketserver
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage


class MailServer(socketserver.ThreadingTCPServer):
    """Takes mails: `taken` are those it answered for, or meant to.

    `answers` are what it says, one mail after the other, instead of « 250 »: a line,
    or `SILENCE`, once it has the mail, or `DEAF`, which loses it.
    """

    SILENCE, DEAF = "silence", "deaf"
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.taken: list[EmailMessage] = []
        self.answers: list[str] = []
        self.recipient_answers: list[str] = []
        #: How long, in seconds, before each answer to a mail.
        self.pause = 0.0
        self.reached = threading.Event()
        self.let_go = threading.Event()
        self.lock = threading.Lock()

    @property
    def port(self) -> int:
        return self.server_address[1]

    @property
    def message_ids(self) -> list[str]:
        return [message["Message-ID"] for message in self.taken]

    def take(self, data: bytes) -> str:
        """The answer to the end of a mail."""
        with self.lock:
            answer = self.answers.pop(0) if self.answers else "250 taken"
            if answer.startswith("250") or answer == self.SILENCE:
                message = email.message_from_bytes(data, policy=email.policy.default)
                self.taken.append(message)
        self.reached.set()
        time.sleep(self.pause)
        return answer


class Conversation(socketserver.StreamRequestHandler):
    """One client, in the words of RFC 5321."""

    server: MailServer

    def handle(self) -> None:
        self.say("220 essai.example")
        while words := self.rfile.readline().decode().strip():
            verb = words.split()[0].upper()
            if verb == "DATA":
                self.say("354 go on")
                if not self.read():
                    return
            elif verb == "RCPT" and self.server.recipient_answers:
                self.say(self.server.recipient_answers.pop(0))
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def read(self) -> bool:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line[:2] == b".." else line)
        answer = self.server.take(b"".join(lines))
        if answer in (MailServer.SILENCE, MailServer.DEAF):
            self.server.let_go.wait(30)
            return False
        self.say(answer)
        return True

    def say(self, line: str) -> None:
        with contextlib.suppress(OSError):
            self.wfile.write(f"{line}\r\n".encode())


@contextlib.contextmanager
def mail_server() -> Iterator[MailServer]:
    """A server that listens as long as the block."""
    server = MailServer()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.let_go.set()
        server.shutdown()
        server.server_close()
        thread.join(10)
