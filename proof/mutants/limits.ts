import { replyFrom } from '../../src/smtp/reply.ts';
import {
  accepted,
  closingMutant,
  policyMutant,
  replyMutant,
  says,
  storeMutant,
  togetherMutant,
  type Mutant,
} from '../mutant.ts';

const rateLimited = '451 4.3.2 Rate limit exceeded, retry after 10 seconds';

/** Gateways that are wrong about the rate limit and the size limit. */
export const limitMutants: readonly Mutant[] = [
  policyMutant(
    { id: '451-never', rule: 'error.451', wrong: 'has no rate limit', alsoTouches: [] },
    (own, hit) => ({
      mail: (facts) => {
        const { argument } = facts;
        if (argument.kind === 'unreadable' || !says(own.mail(facts), rateLimited)) return own.mail(facts);
        hit();
        return own.mail({ ...facts, argument: { ...argument, acceptedAt: [] } });
      },
    }),
  ),
  storeMutant(
    {
      id: '451-for-ever',
      rule: 'error.451',
      wrong: 'never lifts the rate limit',
      alsoTouches: ['error.451.window'],
    },
    (own, hit) => ({
      readAcceptedMails: async (connection, since) => {
        const all = await own.readAcceptedMails(connection, 0);
        if (all.some((at) => at <= since)) hit();
        return all.map((at) => Math.max(at, since + 1));
      },
    }),
  ),
  replyMutant(
    {
      id: '451-without-its-seconds',
      rule: 'error.451',
      wrong: 'says 451 without its seconds',
      alsoTouches: [],
    },
    rateLimited,
    '451 4.3.2 Rate limit exceeded',
  ),
  policyMutant(
    {
      id: '451-with-the-seconds-of-the-window',
      rule: 'error.451.seconds',
      wrong: 'says the seconds of the window in place of ten',
      alsoTouches: [],
    },
    (own, hit) => ({
      mail: (facts) => {
        const decision = own.mail(facts);
        const seconds = facts.choices.rateWindowMs / 1_000;
        if (!says(decision, rateLimited) || seconds === 10) return decision;
        hit();
        return { ...decision, reply: replyFrom(rateLimited.replace('10', String(seconds))) };
      },
    }),
  ),
  storeMutant(
    {
      id: '451-lifts-a-millisecond-early',
      rule: 'error.451.window',
      wrong: 'lifts the rate limit after 9.999 s',
      alsoTouches: [],
    },
    (own, hit) => ({
      readAcceptedMails: async (connection, since) => {
        const times = await own.readAcceptedMails(connection, since);
        if (times.includes(since + 1)) hit();
        return times.map((at) => at - 1);
      },
    }),
  ),
  storeMutant(
    {
      id: '451-lifts-a-millisecond-late',
      rule: 'error.451.window',
      wrong: 'lifts the rate limit after 10.001 s',
      alsoTouches: ['error.451.seconds', 'order.checks'],
    },
    (own, hit) => ({
      readAcceptedMails: async (connection, since) => {
        const times = await own.readAcceptedMails(connection, since - 1);
        if (times.includes(since)) hit();
        return times.map((at) => at + 1);
      },
    }),
  ),
  {
    id: '451-prolonged-by-refused-attempts',
    rule: 'error.451.window',
    wrong: 'counts refused MAILs towards the rate limit',
    alsoTouches: [],
    modes: ['587+starttls'],
    parts: (hit) => {
      // the facts name no connection: the list of its times is handed on as it is, and so tells whose they are
      const connections = new WeakMap<object, string>();
      let add = async (_connection: string, _at: number): Promise<void> => undefined;
      return {
        store: (own) => {
          add = own.addAcceptedMail;
          return {
            ...own,
            readAcceptedMails: async (connection, since) => {
              const times = [...(await own.readAcceptedMails(connection, since))];
              connections.set(times, connection);
              return times;
            },
          };
        },
        policy: (own) => ({
          ...own,
          mail: (facts) => {
            const decision = own.mail(facts);
            const { argument } = facts;
            if (argument.kind === 'unreadable' || !says(decision, rateLimited)) return decision;
            hit();
            void add(connections.get(argument.acceptedAt) ?? '', argument.now);
            return decision;
          },
        }),
      };
    },
  },
  closingMutant(
    {
      id: '451-closes',
      rule: 'error.451.window',
      wrong: 'closes the session on 451',
      alsoTouches: ['error.451.seconds', 'order.checks'],
    },
    rateLimited,
  ),
  togetherMutant(
    {
      id: '451-counts-all-logins-as-one',
      rule: 'error.451.window',
      wrong: 'counts the MAILs of all logins of an account together',
      alsoTouches: [],
    },
    ({ id }) => id,
    (own, hit, together) => ({
      readAcceptedMails: async (connection, since) => {
        const ids = together(connection);
        const times = await Promise.all(ids.map((id) => own.readAcceptedMails(id, since)));
        if (times.some((each, at) => ids[at] !== connection && each.length > 0)) hit();
        return times.flat().toSorted((left, right) => left - right);
      },
    }),
  ),
  policyMutant(
    {
      id: 'size-declared-ignored',
      rule: 'protocol.size',
      wrong: 'ignores the size that MAIL declares',
      alsoTouches: [],
    },
    (own, hit) => ({
      mail: (facts) => {
        if (own.mail(facts).reply.code !== 552) return own.mail(facts);
        hit();
        return accepted();
      },
    }),
  ),
  policyMutant(
    {
      id: 'size-of-the-message-ignored',
      rule: 'protocol.size',
      wrong: 'takes a message larger than its limit',
      alsoTouches: [],
    },
    (own, hit) => ({
      endOfData: (facts) => {
        if (facts.size > facts.choices.sizeLimit) hit();
        return own.endOfData({ ...facts, size: 0 });
      },
    }),
  ),
];
