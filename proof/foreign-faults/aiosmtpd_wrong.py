"""aiosmtpd with one small wrong plugin: port, key, certificate and the name of the fault are its arguments."""

import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP

sys.path.insert(0, str(Path(__file__).parent.parent / "calibration"))
from aiosmtpd_server import serve  # noqa: E402


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


class RefuseEleventhRecipient(SMTP):
    async def smtp_RCPT(self, arg):
        if self.envelope is not None and len(self.envelope.rcpt_tos) >= 10:
            await self.push("452 4.5.3 Too many recipients")
        else:
            await super().smtp_RCPT(arg)


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
    "refuse-eleventh-recipient": RefuseEleventhRecipient,
}


serve(int(sys.argv[1]), sys.argv[2], sys.argv[3], FAULTS[sys.argv[4]])
