/** The dimensions of a generated session whose pairs are all tried before anything is drawn, and the plan of a row. */
import { modeNamed, modes as allModes } from '../../../contract/emailmassivo/transition.ts';
import type { Mode } from '../../../contract/modes.ts';
import { plainAuth } from './auth-plan.ts';
import { coveringArray, type Cell, type Dimensions, type Row } from '../covering-array.ts';
import type { SessionNumber } from './draft.ts';
import { ownMail } from './mail-verb.ts';
import { plainMessage, type MessagePlan } from './message-plan.ts';
import type { Plan } from './plan.ts';
import { seedNumber } from '../seed-number.ts';
import { segmentCuts } from '../segments.ts';
import type { Step } from './step.ts';

const tables = {
  tls: { 'own choice': undefined, 'TLS 1.2': 'TLS 1.2', 'TLS 1.3': 'TLS 1.3' },
  login: { PLAIN: 'session', 'PLAIN in two steps': 'PLAIN without initial response', LOGIN: 'LOGIN' },
  before: {
    'the first time': [],
    'the second time': transaction(1),
    'behind RSET': [...envelope(1, [0, 1]), { kind: 'verb', at: 1, what: 'rset' }],
    'behind EHLO': [...envelope(1, [0, 1]), { kind: 'hello', at: 1, verb: 'EHLO' }],
    'behind STARTTLS': [
      { kind: 'starttls', at: 1, commandBehind: false },
      { kind: 'exchange', at: 1, plan: plainAuth, isFresh: false },
    ],
    'behind a refusal': [{ kind: 'mail', at: 1, plan: { path: 'unregistered', parameter: 'none' } }],
    'behind a cut': [
      { kind: 'cut', at: 1, message: plainMessage, how: 'half', octets: 0 },
      { kind: 'session', at: 1, login: 'first', form: 'session' },
    ],
  },
  recipient: {
    'as it is': 'plain',
    'domain in capitals': 'its domain in capitals',
    'in capitals': 'all in capitals',
    quoted: 'its local part quoted',
    routed: 'routed',
  },
  role: { accepts: 'accepts', full: 'full', suppressed: 'suppressed', nonexistent: 'nonexistent' },
  from: {
    own: 'own',
    named: 'own with a name',
    'in a group': 'own in a group',
    folded: 'own, folded behind its name',
    commented: 'own behind a comment with a foreign one',
    foreign: 'foreign in a further line',
    none: 'none',
  },
  size: { 'no body': 'no body', text: 'text', 'many octets': 'large' },
  clock: { frozen: [], moved: [{ kind: 'time', passes: '10s' }] },
  beside: {
    nobody: undefined,
    'another session': 'first',
    'another login': 'same account',
    'another account': 'another account',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string | readonly Step[] | undefined>>>>;

/** The dimensions, with so many of the modes. */
export function pairDimensions(modes: readonly Mode[] = allModes): Dimensions {
  const named = Object.entries(tables).map(([name, table]) => [name, Object.keys(table)] as const);
  return {
    values: { mode: modes, ...Object.fromEntries(named), segments: ['whole', ...segmentCuts] },
    forbids: isSenseless,
  };
}

/** What no client can do: offer a version where there is no TLS, and turn to TLS where there is no STARTTLS any more. */
function isSenseless(one: Cell, other: Cell): boolean {
  const isUpgrade = ({ dimension, value }: Cell) => dimension === 'before' && value === 'behind STARTTLS';
  const isOffer = ({ dimension, value }: Cell) => dimension === 'tls' && value !== 'own choice';
  if (isUpgrade(one)) return isOffer(other);
  if (one.dimension !== 'mode') return false;
  const isPlain = modeNamed(one.value).encryption === 'none';
  return isPlain ? isOffer(other) : isUpgrade(other);
}

/** Plans in which each pair stands, and the row of each; the same seed gives the same. */
export function pairedPlans(
  seed: string,
  modes: readonly Mode[] = allModes,
): readonly { readonly plan: Plan; readonly row: Row }[] {
  const rows = coveringArray(pairDimensions(modes), randomOf(seedNumber(seed, 'pairs', 0)));
  return rows.map((row) => ({ row, plan: planOfRow(row, modes) }));
}

function planOfRow(row: Row, modes: readonly Mode[]): Plan {
  const beside = valueOf(tables.beside, row['beside']);
  const cut = segmentCuts.find((each) => each === row['segments']);
  const inSegments: readonly Step[] = cut === undefined ? [] : [{ kind: 'segments', at: 1, cut }];
  const other: Step = {
    kind: 'session',
    at: 2,
    login: beside === 'first' ? 'first' : 'second',
    form: 'session',
  };
  const size = valueOf(tables.size, row['size']);
  const message: MessagePlan = {
    from: valueOf(tables.from, row['from']),
    fields: ['To', 'Subject'],
    body: size === 'no body' ? [] : ['text', 'dot'],
    large: size === 'large',
  };
  const before: readonly Step[] = valueOf(tables.before, row['before']);
  return {
    mode: modes.find((mode) => mode === row['mode']) ?? '587',
    balance: 30,
    sendLimit: undefined,
    domain: 'verified',
    second: beside === undefined || beside === 'first' ? undefined : beside,
    rate: undefined,
    sizeLimit: undefined,
    recipientLimit: undefined,
    roles: [valueOf(tables.role, row['role']), 'accepts'],
    clock: '2026-01-15T12:00:00.000Z',
    steps: [
      {
        kind: 'session',
        at: 1,
        login: 'first',
        form: valueOf(tables.login, row['login']),
        tls: valueOf(tables.tls, row['tls']),
      },
      ...inSegments,
      ...(beside === undefined ? [] : [other, ...envelope(2, [1])]),
      ...valueOf(tables.clock, row['clock']),
      ...before,
      // a session that was opened anew talks as the first one did
      ...inSegments,
      { kind: 'mail', at: 1, plan: ownMail },
      { kind: 'rcpt', at: 1, recipient: 0, form: valueOf(tables.recipient, row['recipient']) },
      { kind: 'rcpt', at: 1, recipient: 1, form: 'plain' },
      { kind: 'data', at: 1, message, interlude: 'nothing' },
      ...(beside === undefined ? [] : [dataOf(2)]),
      { kind: 'verb', at: 1, what: 'NOOP' },
    ],
  };
}

function valueOf<Value>(table: Readonly<Record<string, Value>>, key: string | undefined): Value {
  const found = Object.entries(table).find(([name]) => name === key);
  if (found === undefined) throw new TypeError(`No value ${String(key)} in this dimension.`);
  return found[1];
}

function envelope(at: SessionNumber, recipients: readonly number[]): readonly Step[] {
  return [
    { kind: 'mail', at, plan: ownMail },
    ...recipients.map((recipient): Step => ({ kind: 'rcpt', at, recipient, form: 'plain' })),
  ];
}

function dataOf(at: SessionNumber): Step {
  return { kind: 'data', at, message: plainMessage, interlude: 'nothing' };
}

function transaction(at: SessionNumber): readonly Step[] {
  return [...envelope(at, [0, 1]), dataOf(at)];
}

/** Numbers from 0 to below 1 that follow from a seed: mulberry32. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
