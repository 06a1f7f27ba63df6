import type { EndOfDataFacts } from '../../src/sandbox/policy/facts.ts';
import type { DomainRecord } from '../../src/sandbox/store/account-record.ts';
import { octetsToString } from '../../src/smtp/bytes.ts';
import { fieldsNamed } from '../../src/smtp/message.ts';
import { messageMutant, type OctetsOf } from '../message-mutant.ts';
import {
  accepted,
  policyMutant,
  refusalMutant,
  replyMutant,
  says,
  type Mutant,
  type MutantFacts,
} from '../mutant.ts';

const notFound = '553 Domain not found';
const notVerified = '421 Domain not verify';
const missingFrom = '550 5.6.0 Message rejected: Missing required "From" header';

const fromFields = ({ header }: EndOfDataFacts) => fieldsNamed(header.fields, 'From');

/** A mutant that takes some of the messages whose From is missing. */
const takesFrom = (
  facts: MutantFacts,
  taken: (asked: EndOfDataFacts, octetsOf: OctetsOf) => boolean,
): Mutant =>
  messageMutant(facts, (own, hit, octetsOf) => ({
    endOfData: (asked) => {
      const decision = own.endOfData(asked);
      if (!says(decision, missingFrom) || !taken(asked, octetsOf)) return decision;
      hit();
      return accepted();
    },
  }));

/** A mutant that takes some of the MAILs whose domain does not do. */
const takesDomain = (facts: MutantFacts, refused: 'not registered' | 'not verified'): Mutant =>
  policyMutant(facts, (own, hit) => ({
    mail: (asked) => {
      const { argument } = asked;
      const isIt = argument.kind === 'read' && argument.domain === refused;
      if (!isIt || argument.mail.reversePath === 'null') return own.mail(asked);
      hit();
      return own.mail({ ...asked, argument: { ...argument, domain: 'verified' } });
    },
  }));

/** Gateways that are wrong about the sender. */
export const senderMutants: readonly Mutant[] = [
  replyMutant(
    {
      id: '553-domain-in-other-words',
      rule: 'error.553-domain',
      wrong: 'says "not registered" for "not found"',
      alsoTouches: [],
    },
    notFound,
    '553 Domain not registered',
  ),
  takesDomain(
    {
      id: '553-accepts-unregistered',
      rule: 'error.553-domain.stage',
      wrong: 'accepts a domain that nobody registered',
      alsoTouches: ['error.553-domain'],
    },
    'not registered',
  ),
  {
    id: '553-accepts-another-accounts-domain',
    rule: 'error.553-domain.stage',
    wrong: "accepts another account's domain",
    alsoTouches: [],
    parts: (hit) => {
      const everybodys = new Map<string, DomainRecord>();
      return {
        store: (own) => ({
          ...own,
          createAccount: async (account) => {
            await own.createAccount(account);
            for (const domain of account.domains) if (domain.verified) everybodys.set(domain.key, domain);
          },
          readSenderDomains: async (account, keys) => {
            const mine = await own.readSenderDomains(account, keys);
            const others = keys.flatMap((key) => {
              const found = mine.some((each) => each.key === key) ? undefined : everybodys.get(key);
              return found === undefined ? [] : [found];
            });
            if (others.length > 0) hit();
            return [...mine, ...others];
          },
        }),
      };
    },
  },
  {
    id: '553-refuses-another-own-domain',
    rule: 'error.553-domain.stage',
    wrong: "takes only the login's own domain, not another one of the account",
    alsoTouches: ['connection.not-activated'],
    parts: (hit) => {
      const latest = new Map<string, string>();
      return {
        store: (own) => ({
          ...own,
          readConnection: async (id) => {
            const connection = await own.readConnection(id);
            if (connection !== undefined) latest.set(connection.account, connection.senderDomainKey);
            return connection;
          },
          readSenderDomains: async (account, keys) => {
            const found = await own.readSenderDomains(account, keys);
            const mine = found.filter(({ key }) => key === latest.get(account));
            if (mine.length < found.length) hit();
            return mine;
          },
        }),
      };
    },
  },
  policyMutant(
    {
      id: '553-takes-the-null-reverse-path',
      rule: 'error.553-domain.stage',
      wrong: 'takes the null reverse-path',
      alsoTouches: [],
    },
    (own, hit) => ({
      mail: (facts) => {
        const { argument } = facts;
        if (argument.kind === 'unreadable' || argument.mail.reversePath !== 'null') return own.mail(facts);
        hit();
        return own.mail({ ...facts, argument: { ...argument, domain: 'verified' } });
      },
    }),
  ),
  replyMutant(
    {
      id: '421-domain-corrected',
      rule: 'error.421-domain',
      wrong: 'corrects "verify" to "verified"',
      alsoTouches: [],
    },
    notVerified,
    '421 Domain not verified',
  ),
  takesDomain(
    {
      id: '421-accepts-unverified',
      rule: 'error.421-domain.stage',
      wrong: 'accepts a domain that is not verified',
      alsoTouches: [
        'connection.not-activated',
        'domain.verification',
        'domain.verification.how',
        'error.421-domain',
        'order.checks',
      ],
    },
    'not verified',
  ),
  refusalMutant(
    {
      id: '421-domain-stays-open',
      rule: 'error.421-domain.stage',
      wrong: 'stays open after `421 Domain not verify`',
      alsoTouches: ['connection.not-activated', 'domain.verification', 'domain.verification.how'],
    },
    (refusal) => (says(refusal, notVerified) ? { kind: 'refuse' } : undefined),
  ),
  policyMutant(
    {
      id: 'header-from-foreign-passes',
      rule: 'sender.header-from',
      wrong: 'lets a foreign From header pass',
      alsoTouches: [],
    },
    (own, hit) => ({
      endOfData: (facts) => {
        if (!says(own.endOfData(facts), notFound)) return own.endOfData(facts);
        hit();
        const identities = facts.identities.map((each) => ({ ...each, standing: 'verified' as const }));
        return own.endOfData({ ...facts, identities });
      },
    }),
  ),
  policyMutant(
    {
      id: 'header-from-first-mailbox-only',
      rule: 'sender.header-from',
      wrong: 'looks only at the first mailbox in From',
      alsoTouches: [],
    },
    (own, hit) => ({
      endOfData: (facts) => {
        const [first, ...others] = facts.identities;
        if (first === undefined || others.length === 0) return own.endOfData(facts);
        hit();
        return own.endOfData({ ...facts, identities: [first] });
      },
    }),
  ),
  replyMutant(
    {
      id: '550-from-unquoted',
      rule: 'error.550-from',
      wrong: 'drops the quotes round "From"',
      alsoTouches: [],
    },
    missingFrom,
    '550 5.6.0 Message rejected: Missing required From header',
  ),
  takesFrom(
    {
      id: '550-from-none-passes',
      rule: 'error.550-from',
      wrong: 'takes a message without a From header',
      alsoTouches: [],
    },
    (asked) => fromFields(asked).length === 0,
  ),
  takesFrom(
    {
      id: '550-from-in-the-body-passes',
      rule: 'error.550-from',
      wrong: 'takes a From in the body for one',
      alsoTouches: [],
    },
    (asked, octetsOf) =>
      fromFields(asked).length === 0 && /\r\nFrom:.*\r\n/i.test(octetsToString(octetsOf(asked))),
  ),
  policyMutant(
    {
      id: '550-from-delivers-all-the-same',
      rule: 'error.550-from',
      wrong: 'delivers and charges the message that it refuses for want of a From',
      alsoTouches: [],
    },
    (own, hit) => ({
      endOfData: (facts) => {
        const decision = own.endOfData(facts);
        if (!says(decision, missingFrom)) return decision;
        hit();
        return accepted(missingFrom);
      },
    }),
  ),
  takesFrom(
    {
      id: '550-from-empty-passes',
      rule: 'error.550-from.what',
      wrong: 'takes a From that holds no address',
      alsoTouches: [],
    },
    (asked) => fromFields(asked).length === 1,
  ),
  takesFrom(
    {
      id: '550-from-twice-passes',
      rule: 'error.550-from.what',
      wrong: 'takes two From fields',
      alsoTouches: [],
    },
    (asked) => fromFields(asked).length > 1,
  ),
];
