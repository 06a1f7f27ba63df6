import { commands, messages, stepsOf, type Facts } from '../facts.ts';
import { defineCase, type ClientCase } from '../client-case.ts';
import type { Judgement } from '../grade.ts';
import { judgeTold } from '../judge-told.ts';
import {
  allDelivered,
  copiesTo,
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
  wire: (facts) =>
    worstOf(judgeDuplicates(facts), judgeClearLogin(facts)) ??
    (allDelivered(facts)
      ? right('Sent the mail to both.')
      : {
          grade: 'wrong',
          what: isSilent(facts)
            ? 'Never connected.'
            : `Sent the mail to ${facts.recipients.filter((each) => copiesTo(facts.rounds[0], each) > 0).length} of 2 recipients.`,
          harm: 'Nothing can be checked with a client that cannot send a plain mail.',
          advice:
            'Read SMTP_HOST, SMTP_PORT, SMTP_USER, SMTP_PASS, SMTP_TLS, SMTP_CA, SMTP_FROM and SMTP_TO (addresses with commas between them).',
          ...lastEvidence(facts),
        }),
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
      advice: 'Say QUIT and wait for the 221 (nodemailer never does, and has no option for it: leave it).',
      evidence: lineOf(last),
    };
  },
  told: (facts) => judgeTold(facts, { of: () => 'either' }),
});

function lastEvidence(facts: Facts): Pick<Judgement, 'evidence'> {
  const last = stepsOf(facts.sessions).findLast((step) => step.verb !== 'QUIT');
  const failed = facts.sessions.find(({ failedHandshake }) => failedHandshake !== undefined);
  if (last !== undefined) return { evidence: lineOf(last) };
  return failed === undefined
    ? {}
    : {
        evidence: {
          at: failed.began,
          line: `C${failed.number}: handshake failed: ${failed.failedHandshake}`,
        },
      };
}
