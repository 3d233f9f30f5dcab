"""Takes mail on loopback and keeps it: server.py FOLDER STARTTLS_PORT TLS_PORT, with server.pem and server.key in FOLDER."""

import itertools
import pathlib
import signal
import ssl
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

folder = pathlib.Path(sys.argv[1])
starttls_port, tls_port = int(sys.argv[2]), int(sys.argv[3])
LOGIN = (b"polso", b"pulse-of-the-day")


class Keep:
    """Keeps each mail as a file: the recipients, an empty line, the mail as it came."""

    def __init__(self):
        self.numbers = itertools.count(1)
        self.late = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody"):
            return f"550 no <{address}> here"
        if address.startswith("late") and address not in self.late:
            self.late.add(address)
            return "451 later"
        envelope.rcpt_tos.append(address)
        return "250 known"

    async def handle_DATA(self, server, session, envelope):
        half = folder / "half"
        half.write_bytes("\n".join(envelope.rcpt_tos).encode() + b"\n\n" + envelope.content)
        half.rename(folder / "mails" / f"{next(self.numbers):03}.eml")
        return "250 taken"


def login(server, session, envelope, mechanism, data):
    # Not handled: the server itself says no.
    return AuthResult(success=(data.login, data.password) == LOGIN, handled=False)


class Starttls(Controller):
    """Says nothing of use before STARTTLS, and takes nothing before a login."""

    def factory(self):
        rules = {"authenticator": login, "auth_required": True, "auth_require_tls": True}
        return SMTP(self.handler, tls_context=context, require_starttls=True, **rules)


context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
context.load_cert_chain(folder / "server.pem", folder / "server.key")
keep = Keep()
servers = [
    Starttls(keep, hostname="127.0.0.1", port=starttls_port),
    Controller(keep, hostname="127.0.0.1", port=tls_port, ssl_context=context),
]
for server in servers:
    server.start()
signal.sigwait({signal.SIGTERM, signal.SIGINT})
for server in servers:
    server.stop()
