"""aiosmtpd as it comes, with one login and a handler that takes everything: a server to calibrate the suite on.

Port, key and certificate are its arguments.
"""

import signal
import ssl
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult


class Taker:
    async def handle_DATA(self, server, session, envelope):
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    right = data.login == b"calibration" and data.password == b"correct"
    # "handled" would mean that the refusal has been said already
    return AuthResult(success=right, handled=right)


def serve(port, key, certificate, protocol=SMTP):
    """Serves until it is told to end; protocol is the class that answers commands."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)

    class Server(Controller):
        def factory(self):
            return protocol(self.handler, **self.SMTP_kwargs)

    controller = Server(
        Taker(),
        hostname="127.0.0.1",
        port=port,
        authenticator=authenticate,
        auth_required=True,
        auth_require_tls=False,
        tls_context=context,
        enable_SMTPUTF8=True,
    )
    controller.start()
    signal.sigwait([signal.SIGTERM, signal.SIGINT])
    controller.stop()


if __name__ == "__main__":
    serve(int(sys.argv[1]), sys.argv[2], sys.argv[3])
