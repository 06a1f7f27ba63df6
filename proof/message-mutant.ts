import type { EndOfDataFacts } from '../src/sandbox/policy/facts.ts';
import type { Policy } from '../src/sandbox/policy/policy.ts';
import type { SandboxParts } from '../src/sandbox/sandbox.ts';
import { headerSection, type HeaderSection } from '../src/smtp/message.ts';
import type { Hit, Mutant, MutantFacts } from './mutant.ts';

/** Gives the octets of a message that is decided; none where it was too large to be kept whole. */
export type OctetsOf = (asked: EndOfDataFacts) => Uint8Array;

/** Notes the messages that come: no policy is given their octets, but the recorder sees them. */
export function watchMessages(): Required<Pick<SandboxParts, 'recorder'>> & { readonly octetsOf: OctetsOf } {
  const messages = new Map<string, Uint8Array>();
  return {
    octetsOf: ({ header, size }) => messages.get(keyOf(header, size)) ?? new Uint8Array(),
    recorder: (own) => ({
      ...own,
      open: (origin) => {
        const session = own.open(origin);
        return {
          ...session,
          message: (octets, tls) => {
            messages.set(keyOf(headerSection(octets), octets.length), octets);
            session.message(octets, tls);
          },
        };
      },
    }),
  };
}

/** A mutant of the policy that looks at the octets of a message. */
export function messageMutant(
  facts: MutantFacts,
  change: (own: Policy, hit: Hit, octetsOf: OctetsOf) => Partial<Policy>,
): Mutant {
  return {
    ...facts,
    parts: (hit) => {
      const { recorder, octetsOf } = watchMessages();
      return { recorder, policy: (own) => ({ ...own, ...change(own, hit, octetsOf) }) };
    },
  };
}

function keyOf({ fields, endedBy }: HeaderSection, size: number): string {
  return JSON.stringify([size, endedBy, fields.map(({ name, value }) => [name, value])]);
}
