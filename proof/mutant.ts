/**
 * What proves the proof: gateways that are wrong in one way each, and the gate that a suite must pass on them. A mutant
 * enters through the seams of `createSandbox({ parts })` and nowhere else.
 */
import type { Mode } from '../src/contract/modes.ts';
import type { RuleId } from '../src/contract/rule.ts';
import { replyFrom, showReply } from '../src/smtp/reply.ts';
import type { Decision, Refusal } from '../src/sandbox/policy/decision.ts';
import type { Policy } from '../src/sandbox/policy/policy.ts';
import type { SandboxProvider } from '../src/sandbox/policy/provider.ts';
import type { SandboxConfiguration, SandboxParts } from '../src/sandbox/sandbox.ts';
import type { ConnectionRecord } from '../src/sandbox/store/account-record.ts';
import type { Store } from '../src/sandbox/store/store.ts';

/** Called each time a fault comes to bear. */
export type Hit = () => void;

/** A gateway that is wrong in one way. */
export interface Mutant {
  readonly id: string;
  /** The rule that a suite must name. */
  readonly rule: RuleId;
  /** What is wrong; completes the sentence "the gateway …". */
  readonly wrong: string;
  /** Rules whose scenarios cannot be played to their end on such a gateway; all others must stay green. */
  readonly alsoTouches: readonly RuleId[];
  /** Whose gateway it is; the first provider's unless said. */
  readonly provider?: SandboxProvider;
  /** Where it shows; 587 unless said. A mutant that takes a mode down names a working one beside it. */
  readonly modes?: readonly Mode[];
  /** The wrong parts. Few need to know where mail ends. */
  readonly parts: (hit: Hit, smarthost: SandboxConfiguration['smarthost']) => SandboxParts;
}

/** A mutant without its parts. */
export type MutantFacts = Omit<Mutant, 'parts'>;

/** A mutant of the policy: some of its decisions replaced. */
export function policyMutant(facts: MutantFacts, change: (own: Policy, hit: Hit) => Partial<Policy>): Mutant {
  return { ...facts, parts: (hit) => ({ policy: (own) => ({ ...own, ...change(own, hit) }) }) };
}

/** A mutant of the store: some of its methods replaced. */
export function storeMutant(facts: MutantFacts, change: (own: Store, hit: Hit) => Partial<Store>): Mutant {
  return { ...facts, parts: (hit) => ({ store: (own) => ({ ...own, ...change(own, hit) }) }) };
}

/** What is wrong with a refusal; `undefined` leaves it. */
type RefusalChange = (refusal: Refusal) => Partial<Pick<Refusal, 'kind' | 'reply'>> | undefined;

/** A mutant that refuses what should be refused, but not as it should, whatever the verb. */
export function refusalMutant(facts: MutantFacts, change: RefusalChange): Mutant {
  return policyMutant(facts, (own, hit) => {
    const spoil = <D extends Decision>(decision: D): D => {
      if (decision.kind === 'accept') return decision;
      const changed = change(decision);
      if (changed === undefined) return decision;
      hit();
      return { ...decision, ...changed };
    };
    return {
      connect: (asked, name) => spoil(own.connect(asked, name)),
      anyVerb: (asked) => spoil(own.anyVerb(asked)),
      credentials: (asked) => spoil(own.credentials(asked)),
      mail: (asked) => spoil(own.mail(asked)),
      rcpt: (asked) => spoil(own.rcpt(asked)),
      endOfData: (asked) => spoil(own.endOfData(asked)),
    };
  });
}

/** A mutant that says something else in place of a reply. */
export function replyMutant(facts: MutantFacts, said: string, instead: string): Mutant {
  return refusalMutant(facts, (refusal) => (says(refusal, said) ? { reply: replyFrom(instead) } : undefined));
}

/** A mutant that ends the session with a reply after which it should go on. */
export function closingMutant(facts: MutantFacts, said: string): Mutant {
  return refusalMutant(facts, (refusal) => (says(refusal, said) ? { kind: 'refuse and close' } : undefined));
}

/**
 * A mutant that takes the connections of one account for one: `together` names those of the account that the named one
 * belongs to, by what `nameOf` calls them.
 */
export function togetherMutant(
  facts: MutantFacts,
  nameOf: (connection: ConnectionRecord) => string,
  change: (own: Store, hit: Hit, together: (name: string) => readonly string[]) => Partial<Store>,
): Mutant {
  return storeMutant(facts, (own, hit) => {
    const accounts = new Map<string, readonly string[]>();
    return {
      createAccount: async (account) => {
        const names = account.connections.map(nameOf);
        for (const name of names) accounts.set(name, names);
        await own.createAccount(account);
      },
      ...change(own, hit, (name) => accounts.get(name) ?? [name]),
    };
  });
}

/** Whether a decision answers with this reply. */
export function says(decision: Decision, reply: string): boolean {
  return showReply(decision.reply) === reply;
}

/** Yes, whatever the policy thinks of it. */
export function accepted(reply = '250 Ok'): Decision {
  return { kind: 'accept', reply: replyFrom(reply) };
}

/** The octets of one session as text, one character an octet; what is left out passes as it is. */
export interface TextStream {
  received?(text: string): string;
  sent?(text: string): string;
  ended?(): void;
}

/**
 * A mutant of the byte stream between socket and parser. `begin` is called once a gateway and gives what is called for
 * each session, and again when that session turns to TLS.
 */
export function wireMutant(facts: MutantFacts, begin: (hit: Hit) => (tls: boolean) => TextStream): Mutant {
  return {
    ...facts,
    parts: (hit) => {
      const open = begin(hit);
      return {
        wire: (own) => ({
          ...own,
          open: (tls) => {
            const below = own.open(tls);
            const stream = open(tls);
            const change = (octets: Buffer, by: ((text: string) => string) | undefined) =>
              by === undefined ? octets : Buffer.from(by(octets.toString('latin1')), 'latin1');
            return {
              received: (octets) => change(below.received(octets), stream.received?.bind(stream)),
              sent: (octets) => below.sent(change(octets, stream.sent?.bind(stream))),
              ended: () => stream.ended?.(),
            };
          },
        }),
      };
    },
  };
}

/** Follows a session's octets, to know whether what comes is a command or a message. */
export function followData(): {
  readonly inMessage: boolean;
  received(text: string): void;
  sent(text: string): void;
} {
  let inMessage = false;
  let tail = '';
  return {
    get inMessage() {
      return inMessage;
    },
    received: (text) => {
      if (!inMessage) return;
      tail = `${tail}${text}`.slice(-5 - text.length);
      if (tail.includes('\r\n.\r\n')) inMessage = false;
    },
    sent: (text) => {
      if (!text.startsWith('354')) return;
      inMessage = true;
      tail = '\r\n';
    },
  };
}
