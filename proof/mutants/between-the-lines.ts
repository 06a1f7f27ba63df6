import { fieldsNamed } from '../../src/smtp/message.ts';
import { accepted, policyMutant, says, wireMutant, type Mutant } from '../mutant.ts';

const missingFrom = '550 5.6.0 Message rejected: Missing required "From" header';

/** Gateways that are wrong in what stands beside the line that everybody tests: its state before, its other half. */
export const betweenMutants: readonly Mutant[] = [
  policyMutant(
    {
      id: 'size-told-after-the-login-only',
      modes: ['465+tls'],
      rule: 'protocol.size',
      wrong: 'tells its size limit to those only who have logged in',
      alsoTouches: ['protocol.greeting'],
    },
    (own, hit) => ({
      hello: (facts) => {
        const decision = own.hello(facts);
        if (facts.session.loggedIn || facts.verb === 'HELO' || decision.kind !== 'accept') return decision;
        hit();
        const [first, ...others] = decision.reply.lines;
        const lines = others.filter((line) => !line.startsWith('SIZE'));
        return { ...decision, reply: { ...decision.reply, lines: [first, ...lines] } };
      },
    }),
  ),
  wireMutant(
    {
      id: 'cancelled-login-counts',
      rule: 'auth.mechanisms',
      wrong: 'counts a login that is cancelled at the password as a wrong one',
      alsoTouches: [],
    },
    (hit) => () => {
      let isAsked = false;
      let isCancelled = false;
      return {
        received: (text) => {
          isCancelled = isAsked && text === '*\r\n';
          isAsked = false;
          if (!isCancelled) return text;
          hit();
          return `${Buffer.from('wrong').toString('base64')}\r\n`;
        },
        sent: (text) => {
          isAsked = text === '334 UGFzc3dvcmQ6\r\n';
          const reply = isCancelled ? '501 5.7.0 Authentication cancelled\r\n' : text;
          isCancelled = false;
          return reply;
        },
      };
    },
  ),
  policyMutant(
    {
      id: 'group-inside-a-group',
      rule: 'error.550-from.what',
      wrong: 'reads a From with a group inside a group',
      alsoTouches: [],
    },
    (own, hit) => ({
      endOfData: (facts) => {
        const decision = own.endOfData(facts);
        const value = fieldsNamed(facts.header.fields, 'From')[0]?.value ?? '';
        if (!says(decision, missingFrom) || !/^[\w ]+:[\w ]+:/.test(value)) return decision;
        hit();
        return accepted();
      },
    }),
  ),
  wireMutant(
    {
      id: 'double-colon-for-one-group',
      rule: 'protocol.paths.literals',
      wrong: 'takes an IPv6 literal whose "::" stands for one group',
      alsoTouches: [],
    },
    (hit) => () => ({
      received: (text) =>
        text.replace('[IPv6:1:2:3:4:5:6::8]', () => {
          hit();
          return '[IPv6:1:2:3:4:5::8]';
        }),
    }),
  ),
];
