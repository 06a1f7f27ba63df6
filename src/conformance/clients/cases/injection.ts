import { addressIn } from '../address-in.ts';
import { adviceOn } from '../advice.ts';
import { defineCase, mailWith, type ClientCase, type MailToSend } from '../client-case.ts';
import { commands, messages, type Facts } from '../facts.ts';
import { fieldsOf } from '../header-fields.ts';
import type { Judgement } from '../grade.ts';
import { judgeTold } from '../judge-told.ts';
import { showTold } from '../told.ts';
import { isSilent, lineOf, notObserved, right } from '../judge-wire.ts';

const INJECTED = 'injected@{domain}';

/** What somebody writes into a form whose lines a careless program sends as they are. */
export const injectionCases: readonly ClientCase[] = [
  injection(
    'injected-subject',
    'CR LF and a field of its own in the subject (SMTP_SUBJECT)',
    'RFC 5322 §2.2',
    {
      subject: `Hello\r\nX-Injected: yes\r\nBcc: ${INJECTED}`,
    },
  ),
  injection(
    'injected-name',
    'CR LF and a field of its own in the display name (SMTP_FROM_NAME)',
    'RFC 5322 §2.2',
    {
      fromName: `Shop\r\nX-Injected: yes\r\nBcc: ${INJECTED}`,
    },
  ),
  injection(
    'injected-address',
    'CR LF and a command of its own in the address of a recipient (SMTP_TO)',
    'RFC 5321 §4.1.2',
    {
      to: [`first@{domain}>\r\nRCPT TO:<${INJECTED}`],
    },
  ),
  injection(
    'injected-text',
    'A text with a single dot on a line and a whole mail behind it (SMTP_TEXT)',
    'RFC 5321 §4.5.2',
    {
      text: [
        'gauntlet-begin',
        '.',
        'MAIL FROM:<orders@{sender}>',
        `RCPT TO:<${INJECTED}>`,
        'DATA',
        'From: <orders@{sender}>',
        '',
        'gauntlet-end',
      ].join('\r\n'),
    },
  ),
];

function injection(id: string, title: string, source: string, mail: Partial<MailToSend>): ClientCase {
  return defineCase({
    id,
    title,
    rightWay: 'no recipient, field or transaction more than was ordered; to refuse it is right too',
    source,
    mail: mailWith(mail),
    wire: judgeInjection,
    // an address that was never one has no fate
    told: (facts) =>
      mail.to === undefined ? judgeTold(facts, { of: () => 'either' }) : judgeToldOfAddress(facts),
  });
}

function judgeInjection(facts: Facts): Judgement {
  if (isSilent(facts)) return right('Sent nothing.');
  const recipients = commands(facts.sessions, 'RCPT');
  const named = recipients.find(({ text }) => isInjected(addressIn(text)));
  const common = {
    grade: 'dangerous',
    harm: 'Whoever fills in the form sends mail to whom they like, in your name and at your cost.',
    advice: adviceOn('no line ends in fields and addresses', facts),
  } as const;
  // who reads one address out of a text that is none sends to one person, as was ordered
  if (named !== undefined && recipients.length === 1 && facts.rounds[0].copies.length < 2) {
    return {
      grade: 'acceptable',
      what: 'Reads another address out of a text that is none, and sends there alone.',
      advice: 'Refuse what is no address.',
      evidence: lineOf(named),
    };
  }
  if (named !== undefined) {
    return { ...common, what: 'A recipient whom nobody ordered was named.', evidence: lineOf(named) };
  }
  const message = messages(facts.sessions).find(({ text }) =>
    fieldsOf(text).some(({ name }) => /^(?:x-injected|bcc)$/i.test(name)),
  );
  if (message !== undefined) {
    return {
      ...common,
      what: 'A field that nobody ordered stands in the message.',
      evidence: lineOf(message),
    };
  }
  const [first] = messages(facts.sessions);
  return first === undefined
    ? right('Sent no message.')
    : right('Sent the mail, and nothing beside it.', lineOf(first));
}

/** An address that is none has no fate: all may be told but that something was sent where nothing was. */
function judgeToldOfAddress({ rounds: [{ told, copies, ended }] }: Facts): Judgement {
  if (told.kind === 'running' || told.kind === 'nothing') return notObserved('It had told nothing yet.');
  const saysSent =
    told.kind === 'exit' ? told.exitCode === 0 : told.kind === 'result' && told.result.accepted.length > 0;
  const evidence = { at: ended ?? 0, line: `client ${showTold(told)}` };
  if (!saysSent || copies.length > 0) return right('Told its caller what became of it.', evidence);
  return {
    grade: 'dangerous',
    what: 'Said that the mail was accepted, and sent none.',
    harm: 'The email is lost, and nobody knows.',
    advice: 'Refuse an address that holds a line end, and tell the caller.',
    evidence,
    restsOnAbsence: true,
  };
}

function isInjected(address: string): boolean {
  return address.startsWith('injected@');
}
