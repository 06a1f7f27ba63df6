"""aiosmtpd with one small wrong plugin: port, key, certificate and the name of the fault are its arguments."""

import signal
import ssl
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult


class RsetKeeps(SMTP):
    async def smtp_RSET(self, arg):
        await self.push("250 OK")


class NoopForgets(SMTP):
    async def smtp_NOOP(self, arg):
        self._set_rset_state()
        await self.push("250 OK")


class QuitSaysOk(SMTP):
    async def smtp_QUIT(self, arg):
        await self.push("250 OK")
        self._handler_coroutine.cancel()
        self.transport.close()


class VrfyTells(SMTP):
    async def smtp_VRFY(self, arg):
        await self.push("550 5.1.1 No such user here")


class NoopTwice(SMTP):
    async def smtp_NOOP(self, arg):
        await self.push("250 OK")
        await self.push("250 OK")


class MailNested(SMTP):
    async def smtp_MAIL(self, arg):
        if self.envelope is not None and self.envelope.mail_from:
            self._set_rset_state()
        await super().smtp_MAIL(arg)


class EhloKeeps(SMTP):
    async def smtp_EHLO(self, hostname):
        kept = self.envelope
        await super().smtp_EHLO(hostname)
        if kept is not None and kept.mail_from:
            self.envelope = kept


class NoRecipientNeeded(SMTP):
    async def smtp_DATA(self, arg):
        if self.envelope is not None and not self.envelope.rcpt_tos:
            self.envelope.rcpt_tos.append("nobody@recipients.example")
        await super().smtp_DATA(arg)


FAULTS = {
    "none": SMTP,
    "rset-keeps": RsetKeeps,
    "noop-forgets": NoopForgets,
    "quit-says-ok": QuitSaysOk,
    "vrfy-tells": VrfyTells,
    "noop-twice": NoopTwice,
    "mail-nested": MailNested,
    "ehlo-keeps": EhloKeeps,
    "no-recipient-needed": NoRecipientNeeded,
}


class Taker:
    async def handle_DATA(self, server, session, envelope):
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    right = data.login == b"calibration" and data.password == b"correct"
    # "handled" would mean that the refusal has been said already
    return AuthResult(success=right, handled=right)


port, key, certificate, fault = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
context.load_cert_chain(certificate, key)


class Wrong(Controller):
    def factory(self):
        return FAULTS[fault](self.handler, **self.SMTP_kwargs)


controller = Wrong(
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
