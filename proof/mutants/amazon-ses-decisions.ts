import { accepted, policyMutant, says, storeMutant, type Mutant } from '../mutant.ts';
import { endOfDataMutant, sesFacts } from './amazon-ses.ts';

const without =
  (...names: readonly string[]) =>
  (asked: Parameters<Parameters<typeof endOfDataMutant>[1]>[0]) => {
    const fields = asked.header.fields.filter(({ name }) => !names.includes(name.toLowerCase()));
    return fields.length === asked.header.fields.length ? undefined : { header: { ...asked.header, fields } };
  };

/** Gateways of the second provider that decide wrongly who may do what. */
export const sesDecisionMutants: readonly Mutant[] = [
  policyMutant(
    sesFacts('rset-needs-tls-too', 'port.encrypted.reply', 'refuses NOOP before TLS'),
    (own, hit) => ({
      anyVerb: (facts) => {
        if (facts.tls || facts.verb !== 'NOOP') return own.anyVerb(facts);
        hit();
        return own.anyVerb({ ...facts, verb: 'RSET' });
      },
    }),
  ),
  policyMutant(
    sesFacts(
      'signs-in-during-maintenance',
      'error.454-authentication',
      'lets clients sign in during maintenance',
    ),
    (own, hit) => ({
      anyVerb: (facts) => {
        if (!facts.maintenance || facts.verb !== 'AUTH') return own.anyVerb(facts);
        hit();
        return own.anyVerb({ ...facts, maintenance: false });
      },
    }),
  ),
  policyMutant(
    sesFacts('takes-mail-during-maintenance', 'error.451-failure', 'takes MAIL during maintenance'),
    (own, hit) => ({
      anyVerb: (facts) => {
        if (!facts.maintenance || facts.verb !== 'MAIL') return own.anyVerb(facts);
        hit();
        return own.anyVerb({ ...facts, maintenance: false });
      },
    }),
  ),
  endOfDataMutant(
    sesFacts(
      'ends-data-during-maintenance',
      'error.454-service.stage',
      'takes a message that ends during maintenance',
      ['error.454-service'],
    ),
    ({ maintenance }) => (maintenance ? { maintenance: false } : undefined),
  ),
  policyMutant(
    sesFacts(
      'not-subscribed-signs-in',
      'error.535-subscription',
      'lets an account without a subscription sign in',
    ),
    (own, hit) => ({
      credentials: (facts) => {
        if (facts.choices.access !== 'not subscribed') return own.credentials(facts);
        hit();
        return own.credentials({ ...facts, choices: { ...facts.choices, access: 'production' } });
      },
    }),
  ),
  policyMutant(
    sesFacts('locks-after-five', 'error.535', 'locks a login after five failures'),
    (own, hit) => ({
      credentials: (facts) => {
        const decision = own.credentials(facts);
        if (facts.failedAt.length < 5 || decision.kind !== 'accept') return decision;
        hit();
        return own.credentials({ ...facts, connection: { kind: 'unknown' } });
      },
    }),
  ),
  endOfDataMutant(
    sesFacts('unverified-taken', 'error.554-identity', 'takes mail of identities that are not verified'),
    ({ identities }) =>
      identities.some(({ standing }) => standing !== 'verified')
        ? { identities: identities.map((each) => ({ ...each, standing: 'verified' })) }
        : undefined,
  ),
  policyMutant(
    sesFacts('sender-not-looked-at', 'error.554-identity.list', 'does not look at Sender'),
    (own, hit) => ({
      identitiesOf: (facts, choices) => {
        const header = without('sender')({ ...facts } as Parameters<typeof own.endOfData>[0])?.header;
        if (header === undefined) return own.identitiesOf(facts, choices);
        hit();
        return own.identitiesOf({ ...facts, header }, choices);
      },
    }),
  ),
  policyMutant(
    sesFacts('return-path-not-looked-at', 'error.554-identity.list', 'does not look at Return-Path'),
    (own, hit) => ({
      identitiesOf: (facts, choices) => {
        const header = without('return-path')({ ...facts } as Parameters<typeof own.endOfData>[0])?.header;
        if (header === undefined) return own.identitiesOf(facts, choices);
        hit();
        return own.identitiesOf({ ...facts, header }, choices);
      },
    }),
  ),
  policyMutant(
    sesFacts('from-not-looked-at', 'error.554-identity.list', 'does not look at From'),
    (own, hit) => ({
      identitiesOf: (facts, choices) => {
        const header = without('from')({ ...facts } as Parameters<typeof own.endOfData>[0])?.header;
        if (header === undefined) return own.identitiesOf(facts, choices);
        hit();
        return own.identitiesOf({ ...facts, header }, choices);
      },
    }),
  ),
  policyMutant(
    sesFacts('reverse-path-not-looked-at', 'error.554-identity.list', 'does not look at the reverse-path'),
    (own, hit) => ({
      identitiesOf: (facts, choices) => {
        hit();
        return own.identitiesOf({ ...facts, reversePath: 'null' }, choices);
      },
    }),
  ),
  policyMutant(
    sesFacts('addresses-are-no-identities', 'error.554-identity', 'knows domains alone as identities'),
    (own, hit) => ({
      identitiesOf: (facts, choices) => {
        hit();
        return own
          .identitiesOf(facts, choices)
          .map((identity) => ({ ...identity, localPart: `x.${identity.localPart}` }));
      },
    }),
  ),
  storeMutant(
    sesFacts(
      'address-outweighs-domain',
      'error.554-identity',
      'lets the state of an address outweigh that of its domain',
    ),
    (own, hit) => ({
      readIdentities: async (account, keys) => {
        const found = await own.readIdentities(account, keys);
        const addresses = found.filter(({ key }) => key.includes('@'));
        if (addresses.length === 0 || addresses.length === found.length) return found;
        hit();
        return addresses;
      },
    }),
  ),
  policyMutant(
    sesFacts(
      'sandbox-takes-anybody',
      'access.sandbox.recipients',
      'lets an account in the sandbox send to anybody',
    ),
    (own, hit) => ({
      identitiesOf: (facts, choices) => {
        if (choices.access === 'sandbox') hit();
        return own.identitiesOf(facts, { ...choices, access: 'production' });
      },
    }),
  ),
  endOfDataMutant(
    sesFacts('denied-sends', 'error.554-access.names', 'lets credentials send that a policy forbids to', [
      'error.554-access',
    ]),
    ({ blocked }) => (blocked ? { blocked: false } : undefined),
  ),
  policyMutant(
    sesFacts('twice-taken', 'error.554-duplicate', 'takes fields that stand twice', [
      'error.554-duplicate.which',
    ]),
    (own, hit) => ({
      endOfData: (facts) => {
        const seen = new Set<string>();
        const fields = facts.header.fields.filter(({ name }) => {
          const isNew = !seen.has(name.toLowerCase());
          seen.add(name.toLowerCase());
          return isNew;
        });
        if (fields.length === facts.header.fields.length) return own.endOfData(facts);
        hit();
        return own.endOfData({ ...facts, header: { ...facts.header, fields } });
      },
    }),
  ),
  policyMutant(
    sesFacts('received-once', 'error.554-duplicate.which', 'refuses a second Received'),
    (own, hit) => ({
      endOfData: (facts) => {
        const received = facts.header.fields.filter(({ name }) => name.toLowerCase() === 'received');
        if (received.length < 2) return own.endOfData(facts);
        hit();
        const fields = facts.header.fields.flatMap((field) =>
          field.name === 'From' ? [field, field] : [field],
        );
        return own.endOfData({ ...facts, header: { ...facts.header, fields } });
      },
    }),
  ),
  policyMutant(sesFacts('no-from-taken', 'error.554-from', 'takes a message without a From'), (own, hit) => ({
    endOfData: (facts) => {
      const decision = own.endOfData(facts);
      if (!says(decision, "554 Transaction failed: Missing header 'From'.")) return decision;
      hit();
      return accepted('250 Ok ${message-id}');
    },
  })),
];
