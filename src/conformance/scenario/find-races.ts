import type { Contract } from '../../contract/contract.ts';
import { isClientLine, type DialogueLine, type Macro, type Position } from './dialogue.ts';
import type { LoginChoice } from '../situation/given.ts';
import type { Scenario } from './scenario.ts';

/** Something that is allowed and yet hardly meant. */
export interface Warning {
  readonly position: Position;
  readonly sentence: string;
}

/** What is on its way after a final dot. */
interface Pending {
  readonly name: string;
  readonly line: number;
}

/**
 * Where a dialogue depends on what follows from a delivery without a `W: settled` between the two: it may find the world
 * from before or from after. Each effect is told once.
 */
export function findRaces(
  { given, cases }: Pick<Scenario, 'given' | 'cases'>,
  { declaredLimits }: Pick<Contract, 'declaredLimits'>,
): readonly Warning[] {
  const { badMailboxes = Infinity } = declaredLimits;
  const found = cases.flatMap(({ dialogue }) => racesIn(dialogue, given.recipients, badMailboxes));
  return found.filter(
    ({ position }, at) => found.findIndex((other) => other.position.line === position.line) === at,
  );
}

function racesIn(
  dialogue: readonly DialogueLine[],
  given: ReadonlyMap<string, string>,
  badMailboxes: number,
): readonly Warning[] {
  const roles = new Map(given);
  const envelopes = new Map<number, string[]>();
  let pending: Pending[] = [];
  // the count is a connection's own, and a connection is a login
  const logins = new Map<number, LoginChoice>();
  const bad = new Map<LoginChoice, { count: number; line: number | undefined }>();
  const warnings: Warning[] = [];
  const warn = (line: DialogueLine, cause: number, what: string): void => {
    const sentence = `This races: ${what} of line ${cause} may come before or after it. Write "W: settled" between the two.`;
    warnings.push({ position: line.position, sentence });
  };
  for (const line of dialogue) {
    if (line.kind === 'world') {
      const { change } = line;
      if (change.kind === 'settled') {
        pending = [];
        for (const one of bad.values()) one.line = undefined;
      } else if (change.kind === 'mailbox' || change.kind === 'recipient') {
        const one = pending.find(({ name }) => change.kind === 'mailbox' || change.name === name);
        if (one !== undefined) warn(line, one.line, `the delivery to "${one.name}"`);
        if (change.kind === 'recipient') roles.set(change.name, change.role);
      } else if (change.kind === 'block') bad.delete(change.login ?? 'first');
      continue;
    }
    if (!isClientLine(line)) continue;
    const envelope = envelopes.get(line.session) ?? [];
    const named = recipientsOf(line);
    const heard = pending.find(({ name }) => named.includes(name) && reacts(roles.get(name)));
    if (heard !== undefined) warn(line, heard.line, `what the reader "${heard.name}" does with the mail`);
    if (line.kind === 'macro' && 'login' in line.macro) logins.set(line.session, line.macro.login);
    const login = logins.get(line.session) ?? 'first';
    const own = bad.get(login) ?? { count: 0, line: undefined };
    bad.set(login, own);
    if (own.line !== undefined && own.count > badMailboxes && asksConnection(line)) {
      warn(line, own.line, 'the block by too many bad mailboxes after the mail');
      own.line = undefined;
    }
    envelopes.set(line.session, [...(beginsEnvelope(line) ? [] : envelope), ...named]);
    if (!endsMessage(line)) continue;
    const times = line.kind === 'macro' ? line.times : 1;
    for (const name of envelopes.get(line.session) ?? []) {
      pending.push({ name, line: line.position.line });
      if (['nonexistent', 'refused'].includes(roles.get(name) ?? '')) {
        own.count += times;
        own.line = line.position.line;
      }
    }
    envelopes.set(line.session, []);
  }
  return warnings;
}

/** Whether a delivery changes what becomes of the next mail to the same recipient. */
function reacts(role: string | undefined): boolean {
  return role === 'unsubscribes' || role === 'complains';
}

function recipientsOf(line: DialogueLine): readonly string[] {
  if (line.kind === 'macro')
    return line.macro.kind === 'send' || line.macro.kind === 'envelope' ? line.macro.recipients : [];
  return line.kind === 'say' && /^RCPT/i.test(line.text.text)
    ? line.text.variables.map(({ name }) => name)
    : [];
}

function beginsEnvelope(line: DialogueLine): boolean {
  if (line.kind === 'macro') return !['message', 'close', 'half-close'].includes(line.macro.kind);
  return line.kind === 'say' && /^(?:MAIL|RSET|EHLO|HELO)\b/i.test(line.text.text);
}

function endsMessage(line: DialogueLine): boolean {
  if (line.kind === 'macro') return ENDS.has(line.macro.kind) && !isHalf(line.macro);
  return line.kind === 'say' && /(?:^|\\n)\.(?:\\r\\n)?$/.test(line.text.text);
}

const ENDS: ReadonlySet<Macro['kind']> = new Set(['send', 'message']);

function isHalf(macro: Macro): boolean {
  return macro.kind === 'message' && macro.part === 'first half';
}

/** Whether the line meets a block: at AUTH and at MAIL (rule `connection.block.effect`). */
function asksConnection(line: DialogueLine): boolean {
  if (line.kind === 'macro')
    return ['session', 'login', 'auth-line', 'token-line', 'send', 'envelope'].includes(line.macro.kind);
  return line.kind === 'say' && /^(?:MAIL|AUTH)\b/i.test(line.text.text);
}
