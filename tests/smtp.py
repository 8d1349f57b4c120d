"""Which mails would have arrived? A mail server on this machine alone, that keeps what it is given."""

from __future__ import annotations

import email
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from typing import cast


@dataclass
class Mailbox:
    """What arrived, and how the server answers. refuses: its answer to recipients, where it takes none."""

    port: int = 0
    refuses: str = ""
    messages: list[EmailMessage] = field(default_factory=list)

    @property
    def last(self) -> EmailMessage:
        """The one that came last."""
        return self.messages[-1]


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """A server at a free port of the loopback; gone at the end."""
    mailbox = Mailbox()

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 here")
            for line in iter(self.rfile.readline, b""):
                verb = line.split(b":", 1)[0].split()[0].upper()
                if verb == b"QUIT":
                    self.say("221 bye")
                    break
                if verb == b"DATA":
                    self.say("354 go on")
                    self.keep()
                elif verb == b"RCPT" and mailbox.refuses:
                    self.say(mailbox.refuses)
                else:
                    self.say("250 well")

        def keep(self) -> None:
            lines = list(iter(self.rfile.readline, b".\r\n"))
            content = b"".join(line.removeprefix(b".") if line.startswith(b"..") else line for line in lines)
            mailbox.messages.append(cast(EmailMessage, email.message_from_bytes(content, policy=default)))
            self.say("250 kept")

        def say(self, text: str) -> None:
            self.wfile.write(text.encode() + b"\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        server.daemon_threads = True
        mailbox.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield mailbox
        finally:
            server.shutdown()
            thread.join()
