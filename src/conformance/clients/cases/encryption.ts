import { adviceOn } from '../advice.ts';
import { defineCase, type ClientCase, type Forced } from '../client-case.ts';
import type { TlsFault } from '../../../contract/vocabulary.ts';
import { commands, stepsOf, type Facts } from '../facts.ts';
import type { Judgement } from '../grade.ts';
import { judgeTold } from '../judge-told.ts';
import {
  allDelivered,
  handshakeOf,
  worstOf,
  isSilent,
  judgeClearLogin,
  lineOf,
  notObserved,
  right,
  unlessLocal,
} from '../judge-wire.ts';

/** TLS that is missing, attacked or wrong. */
export const encryptionCases: readonly ClientCase[] = [
  withoutTls('starttls-missing', 'TLS is wanted, and STARTTLS is not offered', {
    stage: 'STARTTLS',
    tls: 'missing',
  }),
  withoutTls('starttls-refused', 'TLS is wanted, and STARTTLS is refused', {
    stage: 'STARTTLS',
    tls: 'refused',
  }),
  defineCase({
    id: 'starttls-injected',
    title: 'Somebody on the way puts a reply behind the 220 of STARTTLS, before the handshake',
    rightWay: 'forget all that came before TLS, EHLO again; or break off',
    source: 'RFC 3207 §4.2',
    needsTls: true,
    arrange: { forced: [{ stage: 'STARTTLS', tls: 'injected reply' }] },
    wire: judgeInjected,
    told: (facts) => judgeTold(facts, { of: () => 'either' }),
  }),
  withoutTls('handshake-broken', 'STARTTLS is answered 220, and plain text in place of the handshake', {
    stage: 'STARTTLS',
    reply: '220 2.0.0 Ready to start TLS',
    drop: 'after a goodbye',
  }),
  withoutTls('handshake-cut', 'STARTTLS is answered 220, and the connection is cut in the handshake', {
    stage: 'STARTTLS',
    reply: '220 2.0.0 Ready to start TLS',
    drop: 'after reply',
  }),
  withBadCertificate('certificate-expired', 'The certificate has expired', 'expired'),
  withBadCertificate('certificate-misnamed', 'The certificate is another server’s', 'misnamed'),
  withBadCertificate(
    'certificate-unknown',
    'The certificate is from an unknown authority',
    'unknown authority',
  ),
  defineCase({
    id: 'implicit-tls',
    title: 'A port with TLS from the first byte',
    rightWay: 'the handshake first, no STARTTLS inside',
    source: 'RFC 8314 §3.3',
    tls: 'implicit',
    wire: judgeImplicit,
    told: (facts) => judgeTold(facts, { of: () => 'either' }),
  }),
];

function withoutTls(id: string, title: string, forced: Forced): ClientCase {
  return defineCase({
    id,
    title,
    rightWay: 'stop: no login, no mail',
    source: 'RFC 3207 §6, RFC 8314 §3.3, §5.2',
    needsTls: true,
    arrange: { forced: [forced] },
    wire: (facts) =>
      facts.tls === 'starttls'
        ? (judgeClearLogin(facts) ?? judgeClearMail(facts) ?? stopped(facts))
        : notObserved('It was not told to use STARTTLS.'),
    told: (facts) => judgeTold(facts, { of: () => 'either' }),
  });
}

function withBadCertificate(id: string, title: string, tls: TlsFault): ClientCase {
  return defineCase({
    id,
    title,
    rightWay: 'stop before the login',
    source: 'RFC 8314 §5.3',
    needsTls: true,
    arrange: { forced: [{ stage: 'connect', tls }] },
    wire: (facts) => {
      const login = commands(facts.sessions, 'AUTH')[0];
      if (login === undefined) return judgeClearMail(facts) ?? stopped(facts);
      return unlessLocal(facts, {
        grade: 'dangerous',
        what: `Logs in although ${title.charAt(0).toLowerCase()}${title.slice(1)}.`,
        harm: 'Passwords shown to whoever pretends to be the server.',
        advice: adviceOn('verify the certificate', facts),
        evidence: lineOf(login),
      });
    },
    told: (facts) => judgeTold(facts, { of: () => 'either' }),
  });
}

function stopped(facts: Facts): Judgement {
  if (isSilent(facts)) return notObserved('It did not connect.');
  const last = stepsOf(facts.sessions).findLast(({ verb }) => verb !== 'QUIT');
  return right('Stopped: no login, no mail.', last && lineOf(last));
}

function judgeClearMail(facts: Facts): Judgement | undefined {
  const mail = commands(facts.sessions, 'MAIL').find((step) => !step.tls);
  return (
    mail &&
    unlessLocal(facts, {
      grade: 'wrong',
      what: 'Sends the mail in clear, although TLS was wanted.',
      harm: 'The email can be read and changed on the way.',
      advice: adviceOn('demand TLS', facts),
      evidence: lineOf(mail),
    })
  );
}

function judgeInjected(facts: Facts): Judgement {
  if (facts.tls !== 'starttls') return notObserved('It was not told to use STARTTLS.');
  const starttls = commands(facts.sessions, 'STARTTLS')[0];
  const clear = judgeClearLogin(facts);
  if (clear !== undefined) return clear;
  if (starttls === undefined) return notObserved('It never said STARTTLS.');
  const inside = stepsOf(facts.sessions).filter((step) => step.tls && step.verb !== 'QUIT');
  const [first] = inside;
  if (first === undefined) return right('Broke off.', lineOf(starttls));
  return (
    worstOf(
      first.verb !== 'EHLO' &&
        first.verb !== 'HELO' && {
          grade: 'wrong',
          what: 'Uses under TLS what it learnt before: no EHLO after the handshake.',
          harm: 'Whoever is on the way chooses how the password is sent.',
          advice: 'After the handshake forget everything, and say EHLO again.',
          evidence: lineOf(first),
        },
      allDelivered(facts) && right('Said EHLO again, and believed only what came under TLS.', lineOf(first)),
    ) ?? {
      grade: 'wrong',
      what: 'Took the injected reply for the gateway’s own, and lost its way.',
      harm: 'Whoever is on the way can choose what the client believes; here the email is not sent.',
      advice: adviceOn('forget what came before TLS', facts),
      evidence: lineOf(inside.at(-1) ?? first),
      restsOnAbsence: true,
    }
  );
}

function judgeImplicit(facts: Facts): Judgement {
  const failed = facts.sessions.find(({ failedHandshake }) => failedHandshake !== undefined);
  if (failed !== undefined) {
    // an alert comes from a client that speaks TLS
    if (/alert/i.test(failed.failedHandshake ?? '')) {
      return {
        grade: 'wrong',
        what: `Broke off the handshake: ${failed.failedHandshake}.`,
        harm: 'No email goes out.',
        advice: 'Trust the same root and expect the same name as with STARTTLS.',
        evidence: handshakeOf(failed),
      };
    }
    return {
      grade: 'wrong',
      what: 'Speaks plain SMTP to a port that wants TLS from the first byte.',
      harm: 'No email goes out, and where somebody answers the password goes out in clear.',
      advice: adviceOn('TLS from the first octet', facts),
      evidence: handshakeOf(failed),
    };
  }
  if (isSilent(facts)) return notObserved('No handshake was begun.');
  const inside = commands(facts.sessions, 'STARTTLS')[0];
  if (inside !== undefined) {
    return {
      grade: 'wrong',
      what: 'Asks for STARTTLS inside TLS.',
      harm: 'The mail may be given up for it.',
      advice: 'Either TLS from the first byte or STARTTLS, never both.',
      evidence: lineOf(inside),
    };
  }
  return allDelivered(facts)
    ? right('Handshake first, and sent the mail.')
    : notObserved('It did not send the mail.');
}
