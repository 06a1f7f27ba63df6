import { addressIn, keyOf } from '../address-in.ts';
import { adviceOn } from '../advice.ts';
import { defineCase, mailWith, type ClientCase } from '../client-case.ts';
import { commands, messages, stepsOf, type Facts, type Session, type Step } from '../facts.ts';
import { fieldsOf, mailboxesOf } from '../header-fields.ts';
import type { Judgement } from '../grade.ts';
import { judgeTold } from '../judge-told.ts';
import { copiesTo, judgeDuplicates, lineOf, notObserved, right } from '../judge-wire.ts';
import { plainList } from './extension-lists.ts';

/** Whom a mail is from and to: in the envelope, and in the header that everybody reads. */
export const addressCases: readonly ClientCase[] = [
  defineCase({
    id: 'bcc',
    title: 'A hidden recipient (SMTP_BCC)',
    rightWay: 'the address in the envelope alone: no Bcc field in what others get, folded or not',
    source: 'RFC 5322 §3.6.3; RFC 5321 §7.2',
    mail: mailWith({ bcc: ['hidden@{domain}'] }),
    wire: judgeBcc,
    told: (facts) => judgeTold(facts, { of: () => 'either' }),
  }),
  defineCase({
    id: 'same-person',
    title: 'The same person twice in SMTP_TO, and in SMTP_BCC',
    rightWay: 'one RCPT, one copy',
    source: 'RFC 5321 §3.3; the page: each accepted recipient is a send',
    mail: mailWith({ to: ['first@{domain}', 'first@{domain}'], bcc: ['first@{domain}'] }),
    wire: judgeSamePerson,
    told: (facts) => judgeTold(facts, { of: () => 'either' }),
  }),
  defineCase({
    id: 'display-name',
    title: 'A display name with comma, quotes, brackets and umlauts (SMTP_FROM_NAME)',
    rightWay: 'one mailbox in From, quoted or encoded; the envelope holds the address alone',
    source: 'RFC 5322 §3.4, §3.2.4; RFC 2047 §5',
    mail: mailWith({ fromName: 'Müller & "Söhne", <Laden> [Köln]' }),
    wire: judgeDisplayName,
    told: (facts) => judgeTold(facts, { of: () => 'either' }),
  }),
  defineCase({
    id: 'sender-with-name',
    title: 'A sender that is written Name <address> (SMTP_FROM)',
    rightWay: 'the address alone in MAIL; the name in From, or nowhere',
    source: 'RFC 5321 §4.1.2; RFC 5322 §3.4',
    mail: mailWith({ from: 'Shop <orders@{sender}>' }),
    wire: judgeSenderWithName,
    told: (facts) => judgeTold(facts, { of: () => 'either' }),
  }),
  defineCase({
    id: 'international-domain',
    title: 'A recipient whose domain is outside ASCII, and no SMTPUTF8',
    rightWay: 'the domain as A-label (xn--…)',
    source: 'RFC 6531 §3.2; RFC 5891 §4.4',
    mail: mailWith({ to: ['first@bücher.{domain}'] }),
    arrange: { forced: plainList() },
    wire: judgeInternationalDomain,
    told: (facts) => judgeTold(facts, { of: () => 'permanent' }),
  }),
  defineCase({
    id: 'international-mailbox',
    title: 'A recipient whose local part is outside ASCII, and no SMTPUTF8',
    rightWay: 'not sent; told as permanent',
    source: 'RFC 6531 §3.2, §3.5',
    mail: mailWith({ to: ['jörg@{domain}'] }),
    arrange: { forced: plainList() },
    wire: judgeInternationalMailbox,
    told: (facts) => judgeTold(facts, { of: () => 'permanent' }),
  }),
];

/** A copy that went to the hidden one alone may name them: nobody else reads it (RFC 5322 §3.6.3). */
function judgeBcc(facts: Facts): Judgement {
  const hidden = facts.mail.hidden.map(keyOf);
  const named = commands(facts.sessions, 'RCPT').find(({ text }) => hidden.includes(addressIn(text)));
  const sent = facts.sessions.flatMap((session) => transactionsOf(session));
  const shown = sent.find(
    ({ message, recipients }) =>
      recipients.some((recipient) => !hidden.includes(recipient)) &&
      fieldsOf(message.text).some(({ value }) =>
        hidden.some((address) => value.toLowerCase().includes(address)),
      ),
  );
  if (shown !== undefined) {
    return {
      grade: 'dangerous',
      what: `The hidden recipient stands in the header that everybody gets${named === undefined ? ', and was sent nothing' : ''}.`,
      harm: 'Everybody reads who got a copy in secret: a breach of privacy, and of the law where customers are listed there.',
      advice: adviceOn('no Bcc field', facts),
      evidence: lineOf(shown.message),
    };
  }
  const again = judgeDuplicates(facts);
  if (again !== undefined) return again;
  return named === undefined
    ? notObserved('It sent nothing to the hidden recipient (SMTP_BCC).')
    : right('The hidden recipient is in the envelope alone.', lineOf(named));
}

/** Each message of a session with those who were accepted for it. */
function transactionsOf(
  session: Session,
): readonly { readonly message: Step; readonly recipients: readonly string[] }[] {
  let recipients: string[] = [];
  return stepsOf([session]).flatMap((step) => {
    if (step.verb === 'MAIL' || step.verb === 'RSET') recipients = [];
    if (step.verb === 'RCPT' && (step.reply?.code ?? 500) < 300) recipients.push(addressIn(step.text));
    return step.kind === 'message' ? [{ message: step, recipients: [...recipients] }] : [];
  });
}

function judgeSamePerson(facts: Facts): Judgement {
  const [round] = facts.rounds;
  const [recipient = ''] = facts.recipients;
  const named = commands(facts.sessions, 'RCPT').filter(({ text }) => addressIn(text) === keyOf(recipient));
  const [first, second] = named;
  if (first === undefined) return notObserved('It named no recipient.');
  if (copiesTo(round, recipient) > 1) {
    return {
      grade: 'dangerous',
      what: `Sends ${copiesTo(round, recipient)} copies to one person who stands in several lists.`,
      harm: 'The same mail arrives several times, and each is charged.',
      advice: 'Put all recipients of a mail into one set before the envelope is made.',
      evidence: lineOf(named.at(-1) ?? first),
    };
  }
  return second === undefined
    ? right('Named the person once.', lineOf(first))
    : {
        grade: 'acceptable',
        what: `Names the same person ${named.length} times in one transaction; this gateway counts that as one.`,
        advice:
          'Put all recipients of a mail into one set before the envelope is made: not each server counts them as one.',
        evidence: lineOf(second),
      };
}

function judgeDisplayName(facts: Facts): Judgement {
  const { from, fromName } = facts.mail;
  const envelope = judgeEnvelopeSender(facts);
  if (envelope !== undefined) return envelope;
  const [message] = messages(facts.sessions);
  if (message === undefined) return notObserved('It sent no message.');
  const mail = commands(facts.sessions, 'MAIL')[0];
  const common = { advice: adviceOn('build From from its parts', facts), evidence: lineOf(message) };
  const head = message.text.split('\r\n\r\n', 1)[0] ?? '';
  const mailboxes = mailboxesOf(message.text, 'From');
  const [mailbox] = mailboxes;
  if (mailbox === undefined || mailboxes.length > 1 || mailbox.address !== keyOf(from)) {
    return {
      ...common,
      grade: 'wrong',
      what: `From is read as ${mailboxes.length === 1 ? `<${mailbox?.address}>` : `${mailboxes.length} mailboxes`}, where one was ordered: <${from}>.`,
      harm: 'Servers refuse such a mail, and people see another sender.',
    };
  }
  if (/[\x80-\xff]/.test(head) && !/ SMTPUTF8\b/i.test(mail?.text ?? '')) {
    return {
      ...common,
      grade: 'wrong',
      what: 'Letters outside ASCII stand in the header as they are, and MAIL does not say SMTPUTF8.',
      harm: 'People read broken letters, and some servers refuse the mail.',
    };
  }
  return mailbox.name === fromName
    ? right('One mailbox, and the name as it was ordered.', lineOf(message))
    : {
        ...common,
        grade: 'acceptable',
        what:
          mailbox.name === ''
            ? 'Leaves the name out.'
            : `One mailbox, and another name than was ordered: ${mailbox.name}`,
      };
}

function judgeSenderWithName(facts: Facts): Judgement {
  const [mail] = commands(facts.sessions, 'MAIL');
  if (mail === undefined) {
    return facts.sessions.length === 0
      ? notObserved('It did not connect.')
      : right('Refused a sender that is no address alone.');
  }
  return judgeEnvelopeSender(facts) ?? right('The envelope holds the address alone.', lineOf(mail));
}

/** The path of MAIL is an address in angle brackets, and the one that was ordered. */
function judgeEnvelopeSender(facts: Facts): Judgement | undefined {
  const { from } = facts.mail;
  const bad = commands(facts.sessions, 'MAIL').find(
    ({ text }) => !/^MAIL FROM:\s?<[^<>\s]*>/i.test(text) || addressIn(text) !== keyOf(from),
  );
  return (
    bad && {
      grade: 'wrong',
      what: 'The path of MAIL is not the address alone.',
      harm: 'The gateway refuses the command, and no email goes out.',
      advice: adviceOn('the address alone in the envelope', facts),
      evidence: lineOf(bad),
    }
  );
}

function judgeInternationalDomain(facts: Facts): Judgement {
  const [rcpt] = commands(facts.sessions, 'RCPT');
  if (rcpt === undefined) return unsent(facts, 'acceptable');
  if (/[\x80-\xff]/.test(rcpt.text)) return rawLetters(facts, rcpt);
  return addressIn(rcpt.text) === keyOf(facts.recipients[0] ?? '')
    ? right('The domain went out as A-label.', lineOf(rcpt))
    : otherAddress(facts, rcpt);
}

function judgeInternationalMailbox(facts: Facts): Judgement {
  const [rcpt] = commands(facts.sessions, 'RCPT');
  if (rcpt === undefined) return unsent(facts, 'right');
  return /[\x80-\xff]/.test(rcpt.text) ? rawLetters(facts, rcpt) : otherAddress(facts, rcpt);
}

function unsent({ sessions }: Facts, grade: 'right' | 'acceptable'): Judgement {
  const last = stepsOf(sessions).findLast(({ verb }) => verb !== 'QUIT');
  return {
    grade,
    what: 'Did not send to this address.',
    ...(grade === 'acceptable' && {
      advice: 'Write the domain as A-label (xn--…): every server takes that.',
    }),
    ...(last && { evidence: lineOf(last) }),
  };
}

function rawLetters(facts: Facts, rcpt: Step): Judgement {
  return {
    grade: 'wrong',
    what: 'Sends letters outside ASCII in RCPT, although SMTPUTF8 was not offered.',
    harm: 'Such a server refuses the address, or breaks its letters: the email is lost or goes to somebody else.',
    advice: adviceOn('no raw letters without SMTPUTF8', facts),
    evidence: lineOf(rcpt),
  };
}

function otherAddress(facts: Facts, rcpt: Step): Judgement {
  const isSent = facts.rounds.some(({ copies }) => copies.length > 0);
  return {
    grade: isSent ? 'dangerous' : 'wrong',
    what: 'Names another address than was ordered.',
    harm: isSent
      ? 'The email went to somebody else.'
      : 'The email does not reach the person who was ordered.',
    advice: adviceOn('no raw letters without SMTPUTF8', facts),
    evidence: lineOf(rcpt),
  };
}
