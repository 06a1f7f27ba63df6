import fc from 'fast-check';
import { modes } from '../../../contract/emailmassivo/transition.ts';
import { roles, type Role } from '../../../contract/emailmassivo/vocabulary.ts';
import type { Mode } from '../../../contract/modes.ts';
import { recordKinds } from '../../../contract/vocabulary.ts';
import { authFaults, authInterludes, authMechanisms, authMessages, type AuthPlan } from './auth-plan.ts';
import { bodyLines, fieldKinds, fromKinds, smallMessage, type MessagePlan } from './message-plan.ts';
import type { LoginName } from './draft.ts';
import type { Plan } from './plan.ts';
import { cuts, endings, helloNames, interludes, loginForms, otherVerbs, times, type Step } from './step.ts';
import { mailParameters, mailPaths } from './mail-verb.ts';
import { rcptForms } from './rcpt-verb.ts';
import { segmentCuts } from '../segments.ts';
import { tlsChoices } from './tls-choice.ts';
import { credentialKinds } from './verbs.ts';

/** What a property dwells on: how often each kind of step comes. */
export interface Weights {
  readonly session: number;
  readonly connect: number;
  readonly segments: number;
  readonly hello: number;
  readonly starttls: number;
  readonly auth: number;
  readonly lockout: number;
  readonly exchange: number;
  readonly mail: number;
  readonly rcpt: number;
  readonly data: number;
  readonly transaction: number;
  readonly cut: number;
  readonly recovery: number;
  readonly 'bad mailboxes': number;
  readonly subscription: number;
  readonly 'rate window': number;
  readonly burst: number;
  readonly verb: number;
  readonly end: number;
  readonly time: number;
  readonly world: number;
  /** Whether the limits of rate, size and recipients are low enough to be met. */
  readonly lowLimits: boolean;
  /** Whether messages are anything but plain. */
  readonly oddMessages: boolean;
}

const at = fc.oneof(
  { weight: 6, arbitrary: fc.constant(1 as const) },
  { weight: 3, arbitrary: fc.constant(2 as const) },
  { weight: 1, arbitrary: fc.constantFrom(3 as const, 4 as const) },
);
const login = fc.constantFrom<LoginName>('first', 'first', 'first', 'first', 'second', 'second', 'third');
/** Whose world changes. */
const whose = fc.constantFrom(undefined, undefined, undefined, 'second' as const, 'third' as const);
const recipient = fc.nat(4);
const tls = fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constantFrom(...tlsChoices) },
);

const authPlan: fc.Arbitrary<AuthPlan> = fc.record({
  mechanism: fc.constantFrom('PLAIN', 'PLAIN', 'LOGIN', 'LOGIN', ...authMechanisms),
  initial: fc.boolean(),
  says: fc.constantFrom('right', 'right', ...authMessages),
  fault: fc.oneof(
    { weight: 3, arbitrary: fc.constant('none' as const) },
    { weight: 2, arbitrary: fc.constantFrom(...authFaults) },
  ),
  faultAt: fc.constantFrom(0 as const, 1 as const),
  interlude: fc.constantFrom('nothing', 'nothing', 'nothing', ...authInterludes),
});

function messagePlan(odd: boolean): fc.Arbitrary<MessagePlan> {
  const plain = fc.record({
    from: fc.constantFrom('own' as const, 'own with a name' as const),
    fields: fc.uniqueArray(fc.constantFrom(...fieldKinds), { maxLength: 3 }),
    body: fc.array(fc.constantFrom('text' as const, 'dot and text' as const), { maxLength: 2 }),
    large: fc.constant(false),
  });
  const various = fc.record({
    from: fc.oneof(
      { weight: 3, arbitrary: fc.constant('own' as const) },
      { weight: 4, arbitrary: fc.constantFrom(...fromKinds) },
    ),
    fields: fc.uniqueArray(fc.constantFrom(...fieldKinds), { maxLength: 5 }),
    // a bare line end hides all else that is wrong with a message, so it must not be the rule
    body: fc.array(
      fc.oneof(
        { weight: 12, arbitrary: fc.constantFrom(...bodyLines.slice(0, -3)) },
        { weight: 1, arbitrary: fc.constantFrom(...bodyLines.slice(-3)) },
      ),
      { maxLength: 6 },
    ),
    large: fc.oneof(
      { weight: 8, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.constant(true) },
    ),
  });
  return odd ? fc.oneof({ weight: 3, arbitrary: various }, plain) : plain;
}

const worldStep: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('world' as const),
  change: fc.oneof(
    fc.record({
      kind: fc.constant('balance' as const),
      sends: fc.constantFrom(0, 1, 2, 3, 20),
      login: whose,
    }),
    fc.record({
      kind: fc.constant('buy' as const),
      plan: fc.constantFrom('prepaid' as const, 'monthly' as const),
      sends: fc.constantFrom(1, 2, 5),
      login: whose,
    }),
    fc.record({ kind: fc.constant('maintenance' as const), on: fc.boolean() }),
    fc.record({ kind: fc.constant('block' as const), blocked: fc.boolean(), login: whose }),
    fc.record({ kind: fc.constant('new-password' as const), login: whose }),
    fc.record({ kind: fc.constant('new-password' as const), login: whose }),
    fc.record({
      kind: fc.constant('record' as const),
      record: fc.constantFrom(...recordKinds),
      published: fc.boolean(),
    }),
    fc.constant({ kind: 'verify-domain' as const }),
    fc.record({ kind: fc.constant('role' as const), recipient, role: fc.constantFrom(...roles) }),
    fc.record({ kind: fc.constant('mailbox' as const), up: fc.boolean() }),
  ),
});

function stepOf(weights: Weights): fc.Arbitrary<Step> {
  const message = messagePlan(weights.oddMessages);
  const interlude = fc.oneof(
    { weight: 5, arbitrary: fc.constant('nothing' as const) },
    { weight: 1, arbitrary: fc.constantFrom(...interludes) },
  );
  const of = <Kind extends Step['kind']>(kind: Kind) => fc.constant(kind);
  const known: Readonly<Record<Step['kind'], fc.Arbitrary<Step>>> = {
    session: fc.record({
      kind: of('session'),
      at,
      login,
      form: fc.constantFrom('session', ...loginForms),
      tls,
    }),
    connect: fc.record({ kind: of('connect'), at }),
    segments: fc.record({ kind: of('segments'), at, cut: fc.constantFrom(...segmentCuts) }),
    hello: fc.record({
      kind: of('hello'),
      at,
      verb: fc.constantFrom('EHLO' as const, 'EHLO' as const, 'HELO' as const),
      name: fc.constantFrom(undefined, undefined, ...helloNames),
    }),
    starttls: fc.record({ kind: of('starttls'), at, commandBehind: fc.boolean(), tls }),
    auth: fc.record({
      kind: of('auth'),
      at,
      login,
      credentials: fc.constantFrom('wrong', 'wrong', ...credentialKinds),
      times: fc.constantFrom(1, 1, 4, 5, 6),
    }),
    lockout: fc.record({ kind: of('lockout'), at, login, between: fc.constantFrom(1, 2) }),
    exchange: fc.record({
      kind: of('exchange'),
      at,
      plan: authPlan,
      isFresh: fc.constantFrom(true, true, false),
    }),
    mail: fc.record({
      kind: of('mail'),
      at,
      plan: fc.record({
        path: fc.constantFrom('own', 'own', 'own', ...mailPaths),
        parameter: fc.constantFrom('none', 'none', 'none', ...mailParameters),
      }),
    }),
    rcpt: fc.record({
      kind: of('rcpt'),
      at,
      recipient,
      form: fc.constantFrom('plain', 'plain', 'plain', ...rcptForms),
    }),
    data: fc.record({ kind: of('data'), at, message, interlude }),
    transaction: fc.record({
      kind: of('transaction'),
      at,
      recipients: fc.array(recipient, { minLength: 1, maxLength: 5 }),
      message,
      interlude,
      pipelined: fc.boolean(),
    }),
    cut: fc.record({
      kind: of('cut'),
      at,
      message,
      how: fc.constantFrom('after some octets', ...cuts),
      octets: fc.nat(600),
    }),
    recovery: fc.record({
      kind: of('recovery'),
      at,
      recipient,
      from: fc.constantFrom('full' as const, 'suppressed' as const),
      to: fc.constantFrom('accepts' as const, 'full' as const, 'suppressed' as const),
    }),
    'bad mailboxes': fc.record({
      kind: of('bad mailboxes'),
      at,
      recipient,
      waitMs: fc.constantFrom(0, 23 * 3_600_000, 24 * 3_600_000),
      more: fc.constantFrom(1, 2, 3),
    }),
    subscription: fc.record({ kind: of('subscription'), at, recipient, isOver: fc.boolean() }),
    'rate window': fc.record({ kind: of('rate window'), at }),
    burst: fc.record({ kind: of('burst'), at, recipient, times: fc.constantFrom(2, 3, 10, 11) }),
    verb: fc.record({ kind: of('verb'), at, what: fc.constantFrom(...otherVerbs) }),
    end: fc.record({ kind: of('end'), at, how: fc.constantFrom(...endings) }),
    time: fc.record({ kind: of('time'), passes: fc.constantFrom(...times) }),
    world: worldStep,
  };
  // Object.keys forgets the type of the keys; the table is closed, so they are these
  const kinds = (Object.keys(known) as readonly Step['kind'][]).filter((kind) => weights[kind] > 0);
  return fc.oneof(...kinds.map((kind) => ({ weight: weights[kind], arbitrary: known[kind] })));
}

const someClocks = [
  '2026-01-15T12:00:00.000Z',
  '2026-01-31T10:00:00.000Z',
  '2026-02-28T23:30:00.000Z',
  '2026-03-15T00:00:00.000Z',
];

const someRoles = fc.array(
  fc.oneof({ weight: 3, arbitrary: fc.constant<Role>('accepts') }, fc.constantFrom<Role>(...roles)),
  { minLength: 2, maxLength: 5 },
);

/** Plans of at most so many steps, the first of which mostly is a login. */
export function planOf(weights: Weights, onModes: readonly Mode[] = modes, longest = 18): fc.Arbitrary<Plan> {
  const step = stepOf(weights);
  const rarely = <Value>(arbitrary: fc.Arbitrary<Value>) =>
    fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, arbitrary);
  const low = <Value>(arbitrary: fc.Arbitrary<Value>) =>
    weights.lowLimits ? rarely(arbitrary) : fc.constant(undefined);
  const begin: fc.Arbitrary<Step> = fc.record({
    kind: fc.constant('session' as const),
    at: fc.constant(1 as const),
    login: fc.constant('first' as const),
    form:
      weights.auth > 4
        ? fc.constantFrom('none yet' as const, 'session' as const)
        : fc.constant('session' as const),
  });
  return fc.record({
    mode: fc.constantFrom(...onModes),
    balance: fc.constantFrom(0, 1, 2, 3, 5, 30),
    sendLimit: low(fc.constantFrom(0, 1, 3)),
    // its own domain is not verified then, and that of the sender is all the same
    standsApart: rarely(fc.constant(true)),
    domain: fc.oneof(
      { weight: 8, arbitrary: fc.constant('verified' as const) },
      fc.constant('unverified' as const),
      fc.constantFrom('unregistered' as const, "another account's" as const),
    ),
    second: fc.constantFrom(undefined, 'same account' as const, 'another account' as const),
    third: rarely(fc.constantFrom('same account' as const, 'another account' as const)),
    rate: low(fc.record({ limit: fc.constantFrom(1, 2, 3), perMs: fc.constantFrom(10_000, 20_000) })),
    sizeLimit: low(fc.constant(smallMessage)),
    recipientLimit: low(fc.constantFrom(1, 2)),
    roles: someRoles,
    clock: fc.constantFrom(...someClocks),
    steps: fc
      .tuple(
        fc.constantFrom(true, true, true, false),
        begin,
        fc.array(step, { minLength: 1, maxLength: longest, size: 'max' }),
      )
      .map(([begins, first, rest]) => (begins ? [first, ...rest] : rest)),
  });
}
