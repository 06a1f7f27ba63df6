import {
  hiddenRecipientFields,
  fieldsNamed,
  headerFields,
  type HeaderSection,
} from '../../src/smtp/message.ts';
import { octetsToString, stringToOctets } from '../../src/smtp/bytes.ts';
import { headerFromMailboxes } from '../../src/sandbox/policy/header-from.ts';
import { messageMutant } from '../message-mutant.ts';
import { accepted, policyMutant, says, type Mutant } from '../mutant.ts';

const notFound = '553 Domain not found';
const missingFrom = '550 5.6.0 Message rejected: Missing required "From" header';

const fromValue = ({ fields }: HeaderSection): string | undefined => {
  const [field, ...others] = fieldsNamed(fields, 'From');
  return others.length === 0 ? field?.value : undefined;
};

/** Gateways that read the header section, or one spelling of an address, in another way than a receiver may. */
export const headerReadingMutants: readonly Mutant[] = [
  policyMutant(
    {
      id: 'from-in-parts',
      rule: 'error.550-from.what',
      wrong: 'passes over the parts of From that it cannot read',
      alsoTouches: [],
    },
    (own, hit) => ({
      endOfData: (facts) => {
        const decision = own.endOfData(facts);
        const value = fromValue(facts.header);
        if (!says(decision, missingFrom) || value === undefined || !/<[^<>@]+@[^<>@]+>/.test(value)) {
          return decision;
        }
        hit();
        return accepted();
      },
    }),
  ),
  policyMutant(
    {
      id: 'from-domain-read-as-url',
      rule: 'sender.header-from',
      wrong: 'reads the domain in From as the host of a URL',
      alsoTouches: [],
    },
    (own, hit) => ({
      endOfData: (facts) => {
        const decision = own.endOfData(facts);
        const isUrl = headerFromMailboxes(facts.header).some(({ domain }) => /[/?#]/.test(domain));
        if (!isUrl || !says(decision, notFound)) return decision;
        hit();
        return accepted();
      },
    }),
  ),
  policyMutant(
    {
      id: 'from-blanks-end-a-domain',
      rule: 'sender.header-from',
      wrong: 'passes over an address in From that has blanks around its dots',
      alsoTouches: [],
    },
    (own, hit) => ({
      endOfData: (facts) => {
        const decision = own.endOfData(facts);
        if (!says(decision, notFound) || !/ @ |@ /.test(fromValue(facts.header) ?? '')) return decision;
        hit();
        return accepted();
      },
    }),
  ),
  policyMutant(
    {
      id: 'from-beyond-ascii-refused',
      rule: 'sender.header-from',
      wrong: 'refuses a From that holds text beyond ASCII',
      alsoTouches: [],
    },
    (own, hit) => ({
      endOfData: (facts) => {
        const isBeyond = headerFromMailboxes(facts.header).some(({ displayName }) =>
          /[\u0080-\u{10FFFF}]/u.test(displayName),
        );
        if (!isBeyond) return own.endOfData(facts);
        hit();
        const identities = facts.identities.map((each) => ({
          ...each,
          standing: 'not registered' as const,
        }));
        return own.endOfData({ ...facts, identities });
      },
    }),
  ),
  policyMutant(
    {
      id: 'header-without-colon-passes',
      rule: 'protocol.header-section',
      wrong: 'takes a header section with a line that is no field',
      alsoTouches: [],
    },
    (own, hit) => ({
      endOfData: (facts) => {
        const decision = own.endOfData(facts);
        const isBroken = facts.header.endedBy === 'no field';
        if (!isBroken || decision.kind === 'accept' || says(decision, missingFrom)) return decision;
        hit();
        return accepted();
      },
    }),
  ),
  messageMutant(
    {
      id: 'long-header-line-refused',
      rule: 'protocol.header-section',
      wrong: 'refuses a header line over 998 octets',
      alsoTouches: [],
    },
    (own, hit, octetsOf) => ({
      endOfData: (facts) => {
        const lines = octetsToString(octetsOf(facts)).split('\r\n\r\n', 1).join().split('\r\n');
        if (lines.every((line) => line.length <= 998)) return own.endOfData(facts);
        hit();
        return own.endOfData({ ...facts, size: facts.choices.sizeLimit + 1 });
      },
    }),
  ),
  {
    id: 'resent-bcc-left-in',
    rule: 'delivery.content',
    wrong: 'leaves the `Resent-Bcc:` field in',
    alsoTouches: [],
    // the relay takes it out before the writer sees the message: here it goes by under another name
    parts: (hit) => ({
      store: (own) => ({
        ...own,
        takeDue: async (...asked) =>
          (await own.takeDue(...asked)).map((email) => ({
            ...email,
            message: renameResentBcc(email.message),
          })),
      }),
      writer: (own) => ({
        ...own,
        handOver: (delivery) => {
          const text = octetsToString(delivery.message);
          const changed = text.replaceAll(/^Resent-Xcc/gm, 'Resent-Bcc');
          if (changed !== text) hit();
          return own.handOver({ ...delivery, message: stringToOctets(changed) });
        },
      }),
    }),
  },
  policyMutant(
    {
      id: 'decomposed-is-another-address',
      rule: 'billing.duplicate',
      wrong: 'takes a letter and its accent for another address than the letter with the accent',
      alsoTouches: [],
    },
    (own, hit) => ({
      rcpt: (facts) => {
        const { argument } = facts;
        if (argument.kind === 'unreadable') return own.rcpt(facts);
        const { text } = argument.rcpt.forwardPath;
        if (text === text.normalize('NFC')) return own.rcpt(facts);
        hit();
        return own.rcpt({ ...facts, argument: { ...argument, key: text } });
      },
    }),
  ),
];

function renameResentBcc(message: Uint8Array): Uint8Array {
  const fields = hiddenRecipientFields(headerFields(message)).filter(({ name }) => /^resent/i.test(name));
  let text = octetsToString(message);
  for (const { start } of fields.toReversed()) {
    text = `${text.slice(0, start)}Resent-Xcc${text.slice(start + 'Resent-Bcc'.length)}`;
  }
  return stringToOctets(text);
}
