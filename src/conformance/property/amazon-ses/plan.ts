import fc from 'fast-check';
import type { Mode } from '../../../contract/modes.ts';

/** What an address does with mail; `listed` and the others are words of the contract. */
export const roles = [
  'accepts',
  'suppressed',
  'nonexistent',
  'out-of-office',
  'complains',
  'listed',
] as const;
export type Role = (typeof roles)[number];

/** The sessions of a dialogue, by number. */
export const sessionNumbers = [1, 2] as const;
export type SessionNumber = (typeof sessionNumbers)[number];

/** What MAIL names: the own sender, or what is none. */
export const reversePaths = ['own', 'null', 'no address', 'two at signs', 'no brackets'] as const;
export type ReversePath = (typeof reversePaths)[number];

/** What stands behind the reverse-path. */
export const parameters = ['none', 'SIZE=1000', 'SIZE=999999999', 'BODY=8BITMIME', 'X-UNKNOWN=1'] as const;
export type Parameter = (typeof parameters)[number];

/** What RCPT names: one of the recipients, in capitals too, or what is no address. */
export const forwardPaths = ['named', 'in capitals', 'no address', 'two dots', 'with a parameter'] as const;
export type ForwardPath = (typeof forwardPaths)[number];

/** What is sent. */
export const messages = ['plain', 'no From', 'two Subjects', 'bare LF', 'large'] as const;
export type MessageKind = (typeof messages)[number];

/** What happens between the halves of a message. */
export const interludes = ['nothing', 'maintenance', 'block', 'unblock'] as const;
export type Interlude = (typeof interludes)[number];

/** Milliseconds that pass: around the window of a burst, and around the day of the quota. */
export const times = [1, 1_000, 4_999, 5_000, 3_600_000, 86_399_999, 86_400_000] as const;

/** One thing that a client does, or that happens around it. What cannot be done where it stands is left out. */
export type Step =
  /** A session that is logged in, one that is not, and the end of one. */
  | { readonly kind: 'session' | 'open' | 'close'; readonly at: SessionNumber }
  | { readonly kind: 'auth'; readonly at: SessionNumber; readonly isRight: boolean }
  | {
      readonly kind: 'mail';
      readonly at: SessionNumber;
      readonly path: ReversePath;
      readonly parameter: Parameter;
    }
  | {
      readonly kind: 'rcpt';
      readonly at: SessionNumber;
      readonly path: ForwardPath;
      /** Which recipient, by its place among those that there are. */
      readonly recipient: number;
    }
  | {
      readonly kind: 'data';
      readonly at: SessionNumber;
      readonly message: MessageKind;
      readonly interlude: Interlude;
    }
  | {
      /** A whole transaction to some recipients. */
      readonly kind: 'send';
      readonly at: SessionNumber;
      readonly recipients: readonly number[];
      readonly message: MessageKind;
    }
  | { readonly kind: 'verb'; readonly at: SessionNumber; readonly verb: 'RSET' | 'NOOP' | 'EHLO' | 'VRFY' }
  | { readonly kind: 'time'; readonly ms: number }
  | { readonly kind: 'maintenance'; readonly on: boolean }
  | { readonly kind: 'block'; readonly blocked: boolean };

/** A session before it is written: the account, its recipients, and the steps. */
export interface Plan {
  readonly mode: Mode;
  readonly access: 'production' | 'sandbox';
  readonly isVerified: boolean;
  /** Recipients in 24 hours and per second; those of the access where there is none. */
  readonly sendQuota: number | undefined;
  readonly sendRate: number | undefined;
  readonly recipientLimit: number | undefined;
  readonly sizeLimit: number | undefined;
  /** The role of each recipient; an account in the sandbox may send to the first alone. */
  readonly roles: readonly Role[];
  readonly steps: readonly Step[];
}

/** How often each kind of step comes. */
export type Weights = Readonly<Record<Step['kind'], number>>;

const at = fc.constantFrom<SessionNumber>(1, 1, 1, 2);
const recipient = fc.nat(3);
const message = fc.constantFrom<MessageKind>('plain', 'plain', 'plain', 'plain', ...messages);

const arbitraries: Readonly<Record<Step['kind'], fc.Arbitrary<Step>>> = {
  session: fc.record({ kind: fc.constant('session' as const), at }),
  open: fc.record({ kind: fc.constant('open' as const), at }),
  close: fc.record({ kind: fc.constant('close' as const), at }),
  auth: fc.record({ kind: fc.constant('auth' as const), at, isRight: fc.boolean() }),
  mail: fc.record({
    kind: fc.constant('mail' as const),
    at,
    path: fc.constantFrom<ReversePath>('own', 'own', 'own', ...reversePaths),
    parameter: fc.constantFrom<Parameter>('none', 'none', ...parameters),
  }),
  rcpt: fc.record({
    kind: fc.constant('rcpt' as const),
    at,
    path: fc.constantFrom<ForwardPath>('named', 'named', 'named', ...forwardPaths),
    recipient,
  }),
  data: fc.record({
    kind: fc.constant('data' as const),
    at,
    message,
    interlude: fc.constantFrom<Interlude>('nothing', 'nothing', ...interludes),
  }),
  send: fc.record({
    kind: fc.constant('send' as const),
    at,
    recipients: fc.array(recipient, { minLength: 1, maxLength: 6 }),
    message,
  }),
  verb: fc.record({
    kind: fc.constant('verb' as const),
    at,
    verb: fc.constantFrom('RSET', 'RSET', 'NOOP', 'EHLO', 'VRFY'),
  }),
  time: fc.record({ kind: fc.constant('time' as const), ms: fc.constantFrom(...times) }),
  maintenance: fc.record({ kind: fc.constant('maintenance' as const), on: fc.boolean() }),
  block: fc.record({ kind: fc.constant('block' as const), blocked: fc.boolean() }),
};

/** Plans whose steps come as often as is said. */
export function planOf(weights: Weights, modes: readonly Mode[]): fc.Arbitrary<Plan> {
  // the table is closed, so its keys are these
  const kinds = Object.keys(arbitraries) as readonly Step['kind'][];
  const step = fc.oneof(...kinds.map((kind) => ({ weight: weights[kind], arbitrary: arbitraries[kind] })));
  const rarely = <Value>(...values: readonly Value[]) =>
    fc.oneof(
      { weight: 2, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom(...values) },
    );
  return fc.record({
    mode: fc.constantFrom(...modes),
    access: fc.constantFrom('production', 'production', 'production', 'sandbox'),
    isVerified: fc.constantFrom(true, true, true, true, true, false),
    sendQuota: rarely(0, 1, 2, 5, 8),
    sendRate: rarely(1, 1, 2),
    recipientLimit: rarely(1, 2),
    sizeLimit: rarely(2_000),
    roles: fc.array(fc.constantFrom<Role>('accepts', 'accepts', ...roles), { minLength: 3, maxLength: 4 }),
    steps: fc
      .array(step, { maxLength: 24 })
      .map((steps): readonly Step[] =>
        steps[0]?.kind === 'open' ? steps : [{ kind: 'session', at: 1 }, ...steps],
      ),
  });
}
