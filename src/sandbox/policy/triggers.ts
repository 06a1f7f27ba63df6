import { isRuleOf, type Contract } from '../../contract/contract.ts';
import { fillReply } from '../../contract/reply-parts.ts';
import { TRIGGERS_RULE } from '../../contract/sandbox-rules.ts';
import type { TlsFault, TriggerCut, TriggerStage } from '../../contract/vocabulary.ts';
import { addressKeyOf } from '../../smtp/address-equality.ts';
import type { Reply } from '../../smtp/reply.ts';
import type { Decision } from './decision.ts';

/** A behaviour that is forced (rule `sandbox.triggers`). */
export interface Trigger {
  readonly id: string;
  readonly stage: TriggerStage;
  /** All that is said must hold; a header is `Name` or `Name: value`. */
  readonly match: TriggerMatch;
  /** Matches that pass before it fires. */
  readonly after: number;
  /** How often it fires; for ever where nothing is said. */
  readonly times: number | undefined;
  /** The exact reply; the command is not carried out then, unless {@link carriedOut} says so. */
  readonly reply: string | undefined;
  /** The command is decided as ever, and the reply stands in place of the one with which it is accepted. */
  readonly carriedOut?: boolean | undefined;
  /** Whether the reply leaves in several segments, its last CR and LF apart. */
  readonly split?: boolean | undefined;
  /** Milliseconds of real time before the reply. */
  readonly delayMs: number;
  /** Whether the session is cut, and when; before the reply the command has been carried out. */
  readonly drop: TriggerCut | undefined;
  readonly tls: TlsFault | undefined;
}

/** What a trigger is about. */
export interface TriggerMatch {
  readonly login?: string | undefined;
  readonly sender?: string | undefined;
  readonly recipient?: string | undefined;
  readonly header?: string | undefined;
  /** Only where TLS stands, or only where it does not. */
  readonly tls?: boolean | undefined;
}

/** What is known at a stage. */
export interface TriggerFacts {
  /** Whether TLS stands. */
  readonly tls?: boolean;
  readonly login?: string | undefined;
  readonly sender?: string | undefined;
  readonly recipients?: readonly string[];
  /** Header fields as `name: value`, the name in lower case. */
  readonly headers?: readonly string[];
}

/** Whether a trigger is about this moment. */
export function matchesTrigger({ stage, match }: Trigger, at: TriggerStage, facts: TriggerFacts): boolean {
  return (
    stage === at &&
    (match.tls === undefined || match.tls === facts.tls) &&
    (match.login === undefined || match.login === facts.login) &&
    (match.sender === undefined || sameAddress(match.sender, facts.sender)) &&
    (match.recipient === undefined ||
      (facts.recipients ?? []).some((recipient) => sameAddress(match.recipient, recipient))) &&
    (match.header === undefined ||
      (facts.headers ?? []).some((header) => matchesHeader(match.header ?? '', header)))
  );
}

/** Whether a trigger fires that has matched `seen` times before. */
export function fires({ after, times }: Trigger, seen: number): boolean {
  return seen >= after && (times === undefined || seen < after + times);
}

/** The decision that a forced reply stands for. */
export function forcedDecision(reply: Reply): Decision {
  if (reply.code < 400) return { kind: 'accept', reply };
  // 421 ends the session (RFC 5321 §3.8)
  return { kind: reply.code === 421 ? 'refuse and close' : 'refuse', reply, rule: TRIGGERS_RULE };
}

/** How often a trigger will still fire that has matched `seen` times; `null` for ever. */
export function firesLeft({ after, times }: Pick<Trigger, 'after' | 'times'>, seen: number): number | null {
  return times === undefined ? null : Math.max(0, times - Math.max(0, seen - after));
}

/** The field in which a message carries a trigger. */
export const triggerHeader = 'X-Gauntlet-Reply';

/** The triggers that mail carries in itself, each naming a rule of the provider for its first reply. */
export interface CarriedTriggers {
  /**
   * The trigger of an address at the reserved domain: `error.450@simulator.test`, with `+3` three times and then fine. Takes
   * an address key.
   */
  ofRecipient(addressKey: string): Trigger | undefined;
  /** The trigger of a message: `X-Gauntlet-Reply: error.450`. Takes the field's value, if it is there. */
  ofHeader(value: string | undefined): Trigger | undefined;
}

/** The triggers that mail to a provider's gateway can carry. */
export function carriedTriggers(contract: Pick<Contract, 'rules' | 'words'>): CarriedTriggers {
  const domain = `@${contract.words.reservedDomain}`;
  const replyOfRule = (id: string): string | undefined => {
    const written = isRuleOf(contract, id) ? contract.rules[id]?.replies?.[0] : undefined;
    return written === undefined ? undefined : fillReply(written);
  };
  return {
    ofRecipient: (addressKey) => {
      // hardly any address is one, and this is asked of every recipient
      if (!addressKey.startsWith('error.') || !addressKey.endsWith(domain)) return undefined;
      const match = /^(error\.[a-z0-9-]+)(?:\+(\d{1,6}))?$/.exec(addressKey.slice(0, -domain.length));
      const reply = match?.[1] === undefined ? undefined : replyOfRule(match[1]);
      if (match === null || reply === undefined) return undefined;
      const times = match[2] === undefined ? undefined : Number(match[2]);
      return {
        ...plainTrigger,
        id: addressKey,
        stage: 'RCPT',
        match: { recipient: addressKey },
        times,
        reply,
      };
    },
    ofHeader: (value) => {
      const reply = value === undefined ? undefined : replyOfRule(value.trim());
      return reply === undefined ? undefined : { ...plainTrigger, id: 'header', stage: 'end of data', reply };
    },
  };
}

const plainTrigger: Omit<Trigger, 'id' | 'stage' | 'reply'> = {
  match: {},
  after: 0,
  times: undefined,
  delayMs: 0,
  drop: undefined,
  tls: undefined,
};

function sameAddress(left: string | undefined, right: string | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  return left === right || (addressKeyOf(left) !== undefined && addressKeyOf(left) === addressKeyOf(right));
}

function matchesHeader(wanted: string, header: string): boolean {
  const lower = wanted.toLowerCase();
  return header.toLowerCase() === lower || header.toLowerCase().startsWith(`${lower}:`);
}
