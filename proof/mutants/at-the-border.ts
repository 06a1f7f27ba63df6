import { policyMutant, replyMutant, storeMutant, wireMutant, type Mutant } from '../mutant.ts';
import { refuseWith } from '../../src/sandbox/policy/decision.ts';
import { refusals } from '../../src/sandbox/policy/emailmassivo/protocol-replies.ts';

/** Milliseconds of the rate window. */
const WINDOW = 10_000;

/** Gateways that keep a rule in plain sight, and break it at a limit, beside it, or where it is told a second time. */
export const borderMutants: readonly Mutant[] = [
  policyMutant(
    {
      id: 'size-limit-is-too-large',
      rule: 'protocol.size',
      wrong: 'refuses a message of just the limit',
      alsoTouches: [],
    },
    (own, hit) => ({
      endOfData: (facts) => {
        if (facts.size !== facts.choices.sizeLimit) return own.endOfData(facts);
        hit();
        return refuseWith(refusals.messageTooLarge);
      },
    }),
  ),
  storeMutant(
    {
      id: 'rate-window-at-round-times',
      rule: 'error.451.window',
      wrong: 'begins the window of the rate limit anew at every tenth second',
      alsoTouches: ['error.451'],
    },
    (own, hit) => ({
      readAcceptedMails: async (connection, since) => {
        const begin = Math.floor((since + WINDOW) / WINDOW) * WINDOW;
        const times = await own.readAcceptedMails(connection, since);
        const left = times.filter((at) => at >= begin);
        if (left.length < times.length) hit();
        return left;
      },
    }),
  ),
  storeMutant(
    {
      id: 'suppression-takes-tags-for-nothing',
      rule: 'error.550-unsubscribed',
      wrong: 'refuses a+tag@ where a@ is suppressed',
      alsoTouches: [],
    },
    (own, hit) => ({
      readRecipient: async (account, key) => {
        const bare = key.replace(/\+[^@]*@/, '@');
        if (bare === key) return own.readRecipient(account, key);
        hit();
        return own.readRecipient(account, bare);
      },
    }),
  ),
  storeMutant(
    {
      id: 'history-page-repeats-a-row',
      rule: 'history.rows',
      wrong: 'begins a page of the history with the last row of the page before',
      alsoTouches: [],
    },
    (own, hit) => ({
      readHistory: async (account, query) => {
        const { after } = query ?? {};
        if (after === undefined) return own.readHistory(account, query);
        hit();
        return own.readHistory(account, { ...query, after: { ...after, sequence: after.sequence - 1 } });
      },
    }),
  ),
  replyMutant(
    {
      id: '452-with-another-enhanced-code',
      rule: 'protocol.recipients',
      wrong: 'says 4.3.1 (system full) for too many recipients',
      alsoTouches: ['order.checks'],
    },
    '452 4.5.3 Too many recipients',
    '452 4.3.1 Too many recipients',
  ),
  wireMutant(
    {
      id: 'expn-taken-for-vrfy',
      rule: 'protocol.syntax',
      wrong: 'answers EXPN, which it does not announce, as if it were VRFY',
      alsoTouches: [],
    },
    (hit) => () => ({
      received: (text) => {
        if (!text.startsWith('EXPN ')) return text;
        hit();
        return text.replace('EXPN ', 'VRFY ');
      },
    }),
  ),
];
