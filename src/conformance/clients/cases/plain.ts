import { adviceOn } from '../advice.ts';
import { commands, messages, stepsOf, type Facts, type Reply, type Step } from '../facts.ts';
import { defineCase, type ClientCase } from '../client-case.ts';
import type { Judgement } from '../grade.ts';
import { judgeTold } from '../judge-told.ts';
import {
  allDelivered,
  copiesTo,
  handshakeOf,
  worstOf,
  isSilent,
  judgeClearLogin,
  judgeDuplicates,
  lineOf,
  notObserved,
  right,
} from '../judge-wire.ts';

/** Without this one nothing that follows means anything. */
export const sanityCase: ClientCase = defineCase({
  id: 'plain-mail',
  title: 'Nothing goes wrong',
  rightWay: 'the mail is sent to both recipients',
  source: 'RFC 5321 §3.3',
  recipients: 2,
  wire: judgePlainMail,
  told: (facts) => judgeTold(facts, { of: () => 'either' }),
});

/** No client can send here: who says "sent" says so whatever happens. */
export const impossibleCase: ClientCase = defineCase({
  id: 'no-service',
  title: 'A server that refuses everybody',
  rightWay: 'an error, told to the caller',
  source: 'RFC 5321 §3.1 (554 in place of the greeting)',
  arrange: { forced: [{ stage: 'connect', reply: '554 No SMTP service here' }] },
  wire: (facts) => {
    const mail = commands(facts.sessions, 'MAIL')[0];
    if (mail !== undefined) {
      return {
        grade: 'wrong',
        what: 'Goes on after 554 in place of the greeting.',
        advice: 'After 554 only QUIT is left (RFC 5321 §3.1).',
        evidence: lineOf(mail),
      };
    }
    return isSilent(facts) ? notObserved('It did not connect.') : right('Sent nothing.');
  },
  told: (facts) => {
    const judgement = judgeTold(facts, { of: () => 'either' });
    return judgement.grade === 'dangerous'
      ? { ...judgement, what: 'Says "sent" where nobody can send: no word of this client can be believed.' }
      : judgement;
  },
});

/** A bare close is noted, and no failure. */
export const goodbyeCase: ClientCase = defineCase({
  id: 'goodbye',
  title: 'The end of a session',
  rightWay: 'QUIT, the 221, then the close',
  source: 'RFC 5321 §4.1.1.10',
  wire: (facts) => {
    const last = messages(facts.sessions).at(-1);
    if (last === undefined) return notObserved('It sent no mail.');
    if (commands(facts.sessions, 'QUIT').length > 0) return right('Said QUIT.');
    const session = facts.sessions.find(({ number }) => number === last.session);
    if (session?.ended === undefined) return notObserved('The session was still open.');
    return {
      grade: 'acceptable',
      what: 'Closes the connection without QUIT.',
      advice: adviceOn('say QUIT', facts),
      evidence: lineOf(last),
      restsOnAbsence: true,
    };
  },
  told: (facts) => judgeTold(facts, { of: () => 'either' }),
});

function judgePlainMail(facts: Facts): Judgement {
  const clear = judgeClearLogin(facts);
  const bad = worstOf(judgeDuplicates(facts), clear?.grade === 'dangerous' && clear);
  if (bad !== undefined) return bad;
  return allDelivered(facts) ? right('Sent the mail to both.') : judgeUnsent(facts);
}

/** Why a client could not send: the first refusal that it met, or a handshake that failed, or that it never connected. */
function judgeUnsent(facts: Facts): Judgement {
  const { recipients, rounds, sessions } = facts;
  const wrong = {
    grade: 'wrong',
    harm: 'Nothing can be checked with a client that cannot send a plain mail.',
    restsOnAbsence: true,
  } as const;
  if (isSilent(facts)) {
    return { ...wrong, what: 'Never connected.', advice: 'Connect to SMTP_HOST and SMTP_PORT.' };
  }
  const sent = recipients.filter((each) => copiesTo(rounds[0], each) > 0).length;
  const what = `Sent the mail to ${sent} of ${recipients.length} recipients`;
  const refused = stepsOf(sessions).find(
    ({ reply, verb }) => (reply?.code ?? 0) >= 400 && verb !== 'QUIT' && verb !== 'RSET',
  );
  if (refused?.reply !== undefined) {
    return {
      ...wrong,
      what: `${what}: ${nameOf(refused)} was answered ${showReply(refused.reply)}.`,
      ...adviceOnRefusal(refused),
      evidence: lineOf(refused),
    };
  }
  const failed = sessions.find(({ failedHandshake }) => failedHandshake !== undefined);
  if (failed !== undefined) {
    return {
      ...wrong,
      what: `${what}: the TLS handshake failed, ${failed.failedHandshake}.`,
      advice:
        'Trust the root in SMTP_CA, expect the name in SMTP_SERVERNAME, and begin with TLS where SMTP_TLS says implicit.',
      evidence: handshakeOf(failed),
    };
  }
  const last = stepsOf(sessions).findLast(({ verb }) => verb !== 'QUIT');
  const named = commands(sessions, 'RCPT').length;
  return {
    ...wrong,
    what: `${what}, though nothing was refused.`,
    ...(sent > 0 && named < recipients.length
      ? { advice: 'Send to all addresses in SMTP_TO, which has commas between them.' }
      : {}),
    ...(last && { evidence: lineOf(last) }),
  };
}

function nameOf({ kind, verb }: Step): string {
  if (kind === 'message') return 'the message';
  return kind === 'command' && verb !== '' ? verb : 'what it said';
}

/** What SMTP_… variable a refusal speaks of, where it does. */
function adviceOnRefusal({ verb, kind, reply }: Step): Pick<Judgement, 'advice'> {
  if (reply !== undefined && /bare (?:CR|LF)/i.test(reply.text))
    return { advice: 'End each line with CRLF.' };
  if (verb === 'AUTH' || kind === 'answer to a challenge') {
    return { advice: 'Log in with SMTP_USER and SMTP_PASS, encrypted as SMTP_TLS says.' };
  }
  if (verb === 'MAIL') return { advice: 'Send from SMTP_FROM, after the login.' };
  return verb === 'RCPT'
    ? { advice: 'Send to the addresses in SMTP_TO, which has commas between them.' }
    : {};
}

function showReply({ text }: Reply): string {
  return `"${text.split('\r\n').at(-1) ?? ''}"`;
}
