import { setTimeout as delay } from 'node:timers/promises';
import { accepted, policyMutant, wireMutant, type Mutant } from '../mutant.ts';

/** Gateways that are wrong about what a session may say and how it may end: names, paths, AUTH, the client's close. */
export const sessionMutants: readonly Mutant[] = [
  withSlowCommit(
    wireMutant(
      {
        id: 'half-close-loses-the-last-reply',
        rule: 'protocol.close.half',
        wrong:
          'takes a message and does not say so where the client has closed its side behind the final dot',
        alsoTouches: [],
      },
      (hit) => () => {
        let clientEnded = false;
        return {
          ended: () => {
            clientEnded = true;
          },
          sent: (text) => {
            if (!clientEnded) return text;
            hit();
            return '';
          },
        };
      },
    ),
  ),
  wireMutant(
    {
      id: 'half-close-loses-pipelined-replies',
      rule: 'protocol.close.half',
      wrong: 'answers only the first of the commands that came before the client closed its side',
      alsoTouches: ['protocol.pipelining'],
    },
    (hit) => () => {
      let left = 0;
      return {
        received: (text) => {
          const lines = text.split('\r\n').length - 1;
          left = /^RSET\r\nNOOP\r\n/m.test(text) ? lines - 1 : 0;
          return text;
        },
        sent: (text) => {
          if (left === 0) return text;
          left -= 1;
          hit();
          return '';
        },
      };
    },
  ),
  policyMutant(
    {
      id: 'address-literal-unread',
      rule: 'protocol.paths.literals',
      wrong: 'takes whatever stands in brackets for an address literal',
      alsoTouches: ['order.checks', 'protocol.syntax', 'protocol.paths'],
    },
    (own, hit) => ({
      rcpt: (facts) => {
        if (!facts.session.inTransaction || facts.argument.kind === 'read') return own.rcpt(facts);
        hit();
        return accepted();
      },
    }),
  ),
  wireMutant(
    {
      id: 'blank-behind-the-colon-refused',
      rule: 'protocol.paths.blanks',
      wrong: 'refuses a blank behind the colon of MAIL FROM:',
      alsoTouches: [],
    },
    (hit) => () => ({
      received: (text) =>
        text.replace(/^MAIL FROM:[ \t]+</im, () => {
          hit();
          return 'MAIL FROM <';
        }),
    }),
  ),
  policyMutant(
    {
      id: 'hello-beyond-ascii-taken',
      rule: 'protocol.hello-name',
      wrong: 'takes EHLO with a name beyond ASCII',
      alsoTouches: [],
      modes: ['465+tls'],
    },
    (own, hit) => ({
      hello: (facts) => {
        if (!/[^\p{ASCII}]/u.test(facts.argument)) return own.hello(facts);
        hit();
        return accepted(`250 ${facts.gatewayName}`);
      },
    }),
  ),
  helloInReceived(),
  policyMutant(
    {
      id: 'mechanism-taken-that-is-not-offered',
      rule: 'auth.mechanisms.list',
      wrong: 'takes AUTH CRAM-MD5, which it does not offer',
      alsoTouches: [],
    },
    (own, hit) => ({
      auth: (facts) => {
        const decision = own.auth(facts);
        if (decision.reply.code !== 504) return decision;
        hit();
        return accepted('334 ');
      },
    }),
  ),
  wireMutant(
    {
      id: 'credentials-without-nuls-are-no-base64',
      rule: 'auth.mechanisms',
      wrong: 'answers 501 to base64 that can be decoded and holds no NULs',
      alsoTouches: [],
    },
    (hit) => () => ({
      received: (text) =>
        text.replace(/^AUTH PLAIN (\S+)\r\n/im, (line, response: string) => {
          if (Buffer.from(response, 'base64').includes(0) || !/^[A-Za-z0-9+/=]+$/.test(response)) return line;
          hit();
          return 'AUTH PLAIN ?\r\n';
        }),
    }),
  ),
];

/** What a client calls itself goes into Received as it was said. */
function helloInReceived(): Mutant {
  return {
    id: 'hello-shows-raw-in-received',
    rule: 'protocol.hello-name',
    wrong: 'writes into Received what a client called itself, whatever it is',
    alsoTouches: [],
    parts: (hit) => {
      let strange: string | undefined;
      return {
        policy: (own) => ({
          ...own,
          hello: (facts) => {
            if (/[(;<]/.test(facts.argument)) strange = facts.argument;
            return own.hello(facts);
          },
        }),
        store: (own) => ({
          ...own,
          commit: (submission) => {
            if (strange === undefined || !submission.trace.startsWith('from ['))
              return own.commit(submission);
            hit();
            return own.commit({
              ...submission,
              trace: submission.trace.replace(/^from \S+/, () => `from ${strange}`),
            });
          },
        }),
      };
    },
  };
}

/** Milliseconds of a commit in which the end of the client's side is read for certain. */
const SLOW_COMMIT_MS = 300;

/** The same mutant with a store that commits slowly: the client closes its side before the reply is ready, not after. */
function withSlowCommit(mutant: Mutant): Mutant {
  return {
    ...mutant,
    parts: (hit, smarthost) => ({
      ...mutant.parts(hit, smarthost),
      store: (own) => ({
        ...own,
        commit: async (submission) => {
          await delay(SLOW_COMMIT_MS);
          return own.commit(submission);
        },
      }),
    }),
  };
}
