import type { Port } from '../../src/contract/modes.ts';
import { replyFrom } from '../../src/smtp/reply.ts';
import {
  policyMutant,
  wireMutant,
  type Hit,
  type Mutant,
  type MutantFacts,
  type TextStream,
} from '../mutant.ts';

/**
 * A mutant of the byte stream on one port. A stream is not told its port; the recorder is, and the gateway opens a
 * session's recorder right behind its stream.
 */
function portMutant(
  facts: MutantFacts,
  port: Port,
  stream: (hit: Hit) => Required<Pick<TextStream, 'sent'>>,
): Mutant {
  return {
    ...facts,
    parts: (hit) => {
      let newest: { port: Port | undefined } | undefined;
      return {
        wire: (own) => ({
          ...own,
          open: (tls) => {
            const below = own.open(tls);
            const session: { port: Port | undefined } = { port: undefined };
            const { sent } = stream(hit);
            newest = session;
            return {
              ...below,
              sent: (octets) =>
                below.sent(
                  session.port === port ? Buffer.from(sent(octets.toString('latin1')), 'latin1') : octets,
                ),
            };
          },
        }),
        recorder: (own) => ({
          ...own,
          open: (origin) => {
            if (newest !== undefined) newest.port = origin.port;
            newest = undefined;
            return own.open(origin);
          },
        }),
      };
    },
  };
}

const saying =
  (wanted: RegExp, instead: string) =>
  (hit: Hit): { sent(text: string): string } => ({
    sent: (text) =>
      text.replace(wanted, () => {
        hit();
        return instead;
      }),
  });

const notServed = saying(/^220 .*ESMTP\r\n/, '554 5.3.2 No service here\r\n');
const noTls = saying(/^220 Ready to start TLS\r\n/, '502 5.5.1 Command not implemented\r\n');

/** Gateways that are wrong about ports and encryption. */
export const portMutants: readonly Mutant[] = [
  {
    id: '465-waits-for-plain',
    rule: 'port.465.implicit-tls',
    wrong: 'waits for plain SMTP on 465',
    alsoTouches: [],
    modes: ['587', '465+tls'],
    parts: (hit) => ({
      wire: (own) => ({
        ...own,
        implicitTls: (port) => {
          if (port === 465) hit();
          return false;
        },
      }),
    }),
  },
  portMutant(
    {
      id: '587-not-served',
      rule: 'port.587.plain',
      wrong: 'does not serve 587',
      alsoTouches: ['port.587.starttls', 'protocol.greeting', 'sandbox.triggers', 'tls.starttls-resets'],
      modes: ['465+tls', '587'],
    },
    587,
    notServed,
  ),
  portMutant(
    {
      id: '25-not-served',
      rule: 'port.25.plain',
      wrong: 'does not serve 25',
      alsoTouches: ['port.25.starttls', 'protocol.greeting', 'sandbox.triggers', 'tls.starttls-resets'],
      modes: ['587', '25'],
    },
    25,
    notServed,
  ),
  portMutant(
    {
      id: '587-refuses-starttls',
      rule: 'port.587.starttls',
      wrong: 'offers STARTTLS on 587 and refuses it',
      alsoTouches: ['tls.starttls-resets'],
      modes: ['587', '587+starttls'],
    },
    587,
    noTls,
  ),
  portMutant(
    {
      id: '25-refuses-starttls',
      rule: 'port.25.starttls',
      wrong: 'offers STARTTLS on 25 and refuses it',
      alsoTouches: ['tls.starttls-resets'],
      modes: ['587', '25+starttls'],
    },
    25,
    noTls,
  ),
  policyMutant(
    {
      id: 'no-auth-without-tls',
      rule: 'tls.auth-everywhere',
      wrong: 'offers AUTH under TLS only',
      alsoTouches: ['tls.starttls-resets'],
      modes: ['465+tls', '587'],
    },
    (own, hit) => ({
      hello: (facts) => {
        if (!facts.session.tls) hit();
        return own.hello({ ...facts, choices: { ...facts.choices, authUnderTlsOnly: true } });
      },
      auth: (facts) => own.auth({ ...facts, choices: { ...facts.choices, authUnderTlsOnly: true } }),
    }),
  ),
  portMutant(
    {
      id: 'no-auth-on-25',
      rule: 'tls.auth-everywhere',
      wrong: 'offers no AUTH on 25',
      alsoTouches: ['tls.starttls-resets'],
      modes: ['587', '25'],
    },
    25,
    saying(/^250-AUTH .*\r\n/m, ''),
  ),
  policyMutant(
    {
      id: 'starttls-inside-tls',
      rule: 'tls.no-starttls-inside',
      wrong: 'offers STARTTLS inside TLS',
      alsoTouches: ['tls.starttls-resets'],
      modes: ['587', '465+tls'],
    },
    (own, hit) => ({
      hello: (facts) => {
        const decision = own.hello(facts);
        if (!facts.session.tls || facts.verb === 'HELO' || decision.kind !== 'accept') return decision;
        hit();
        const [name, ...extensions] = decision.reply.lines;
        return { ...decision, reply: { code: 250, lines: [name, 'STARTTLS', ...extensions] } };
      },
    }),
  ),
  policyMutant(
    {
      id: 'starttls-never-offered',
      rule: 'port.starttls',
      wrong: 'never offers STARTTLS',
      alsoTouches: ['protocol.syntax', 'sandbox.triggers', 'tls.starttls-resets'],
    },
    (own, hit) => ({
      hello: (facts) => {
        if (facts.starttlsOffered) hit();
        return own.hello({ ...facts, starttlsOffered: false });
      },
      starttls: () => ({
        kind: 'refuse',
        reply: replyFrom('502 5.5.1 Command not implemented'),
        rule: 'port.starttls',
      }),
    }),
  ),
  wireMutant(
    {
      id: 'login-kept-across-starttls',
      rule: 'tls.starttls-resets',
      wrong: 'keeps the login across STARTTLS',
      alsoTouches: [],
      modes: ['587+starttls'],
    },
    (hit) => {
      // the stream inside TLS is opened right behind the 220 that leaves on the one before it
      let turning = '';
      return () => {
        let login = turning;
        turning = '';
        let said = '';
        let swallows = false;
        return {
          received: (text) => {
            said = /^AUTH PLAIN \S+\r\n/i.exec(text)?.[0] ?? said;
            if (login === '' || !/^EHLO .*\r\n$/i.test(text)) return text;
            hit();
            swallows = true;
            const both = `${text}${login}`;
            login = '';
            return both;
          },
          sent: (text) => {
            if (text.startsWith('220 Ready')) turning = said;
            if (!swallows || !text.startsWith('235')) return text;
            swallows = false;
            return '';
          },
        };
      };
    },
  ),
  wireMutant(
    {
      id: 'command-behind-starttls-executed',
      rule: 'tls.starttls-resets',
      wrong: 'executes a command that came behind STARTTLS in the same packet',
      alsoTouches: [],
      modes: ['587+starttls'],
    },
    (hit) => {
      let turning = '';
      return () => {
        let first = turning;
        turning = '';
        let behind = '';
        return {
          received: (text) => {
            behind = /^STARTTLS\r\n(.+)$/is.exec(text)?.[1] ?? '';
            if (first !== '') hit();
            const all = `${first}${text}`;
            first = '';
            return all;
          },
          sent: (text) => {
            if (text.startsWith('220 Ready')) turning = behind;
            return text;
          },
        };
      };
    },
  ),
  wireMutant(
    {
      id: 'reply-injected-before-the-handshake',
      rule: 'tls.starttls-resets',
      wrong: 'answers a command behind STARTTLS in clear, before the handshake',
      alsoTouches: [],
      modes: ['587+starttls'],
    },
    (hit) => () => {
      let behind = false;
      return {
        received: (text) => {
          behind = /^STARTTLS\r\n./is.test(text);
          return text;
        },
        sent: (text) => {
          if (!behind || !text.startsWith('220 Ready')) return text;
          hit();
          return `${text}250 Ok\r\n`;
        },
      };
    },
  ),
];
