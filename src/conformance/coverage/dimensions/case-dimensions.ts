import { isRuleOf, modeOf, type Contract } from '../../../contract/contract.ts';
import type { RuleId } from '../../../contract/rule.ts';
import { isClientLine, opensSession, type ClientLine, type DialogueLine } from '../../scenario/dialogue.ts';
import { ruleOfThen, rulesOfMetReply } from '../../scenario/rule-of-expectation.ts';
import type { Scenario, ScenarioCase } from '../../scenario/scenario.ts';
import type { DimensionId } from '../../../contract/dimensions.ts';

/** A rule, and a dimension in which a case asks for it. */
export interface CoveredCell {
  readonly rule: RuleId;
  readonly dimension: DimensionId;
}

/** What went before in a dialogue, as far as a dimension is about it. */
interface Past {
  /** For the whole case from here on. */
  readonly all: Set<DimensionId>;
  /** By session, until it is opened again. */
  readonly bySession: Map<number, Set<DimensionId>>;
  /** For what answers the last line of the client. */
  line: ReadonlySet<DimensionId>;
  /** Whether the last line of the client has been answered. */
  isAnswered: boolean;
  /** Whether a session was opened. */
  opened: boolean;
  /** Sessions between their MAIL and the end of their message. */
  readonly inTransaction: Set<number>;
  readonly met: Set<RuleId>;
}

const LONG = 500;

/**
 * The cells that a case covers, derived from its lines: each expectation counts for its rules in every dimension that
 * went before it. The mode is no cell of one case; {@link ScenarioCase.modes} has it.
 */
export function cellsOf(
  contract: Contract,
  scenario: Scenario,
  { about, dialogue, ending, modes }: ScenarioCase,
): readonly CoveredCell[] {
  const past: Past = {
    all: new Set([
      ...(hasLimit(scenario) ? (['at a limit'] as const) : []),
      ...(scenario.given.domain === "another account's" ? (['another account'] as const) : []),
    ]),
    bySession: new Map(),
    line: new Set(),
    isAnswered: true,
    opened: false,
    inTransaction: new Set(),
    met: new Set(),
  };
  const cells: CoveredCell[] = [];
  const everything = new Set<DimensionId>();
  const add = (rule: RuleId, dimensionsHere: Iterable<DimensionId>): void => {
    for (const dimension of dimensionsHere) cells.push({ rule, dimension });
  };
  for (const [at, line] of dialogue.entries()) {
    if (line.kind === 'time') past.all.add('a moved clock');
    if (isClientLine(line))
      noteClient(
        past,
        scenario,
        line,
        modes.some((mode) => modeOf(contract, mode).encryption === 'starttls'),
      );
    if (line.kind !== 'expect') continue;
    const here = new Set([...past.all, ...(past.bySession.get(line.session) ?? []), ...past.line]);
    const reply = line.expectation.kind === 'literal' ? line.expectation.reply.text : undefined;
    for (const rule of rulesOfMetReply(contract, about, line.rule, reply).filter((id) =>
      isRuleOf(contract, id),
    )) {
      add(rule, here);
      if (past.met.has(rule)) add(rule, ['the second time']);
      past.met.add(rule);
    }
    for (const each of here) everything.add(each);
    noteReply(past, dialogue[at - 1], line);
  }
  // what stands at the end counts for all that went before
  for (const each of [...past.all, ...past.line]) everything.add(each);
  for (const { kind, rule } of ending) {
    const held = ruleOfThen(contract, kind, about, rule);
    if (isRuleOf(contract, held)) add(held, everything);
  }
  return cells;
}

function noteClient(past: Past, scenario: Scenario, line: ClientLine, turnsToTls: boolean): void {
  const own = past.bySession.get(line.session) ?? new Set<DimensionId>();
  past.bySession.set(line.session, own);
  if ([...past.inTransaction].some((session) => session !== line.session)) past.all.add('side by side');
  const forms = line.kind === 'say' ? formsOf(scenario, line.text.text) : formsOfMessage(scenario, line);
  // lines that leave together are answered together
  past.line = new Set([...(past.isAnswered ? [] : past.line), ...forms]);
  past.isAnswered = false;
  if (line.kind === 'say') {
    if (/^MAIL /i.test(line.text.text)) past.inTransaction.add(line.session);
    return;
  }
  if (line.macro.kind === 'envelope') past.inTransaction.add(line.session);
  if (line.macro.kind === 'message' && line.macro.part !== 'first half')
    past.inTransaction.delete(line.session);
  if (opensSession(line)) {
    if (past.opened) past.all.add('another session');
    past.opened = true;
    past.inTransaction.delete(line.session);
    own.clear();
    if (turnsToTls && line.macro.kind !== 'connect') own.add('behind STARTTLS');
  }
  if ('login' in line.macro) noteLogin(past, scenario, line.macro.login);
  if (line.macro.kind === 'close') {
    past.all.add('behind a cut');
    past.inTransaction.delete(line.session);
  }
}

function noteLogin(past: Past, { given }: Scenario, login: string | undefined): void {
  const account = login === 'second' ? given.secondLogin : login === 'third' ? given.thirdLogin : undefined;
  if (account === 'another account') past.all.add('another account');
  if (account === 'same account') past.all.add('another connection');
}

function noteReply(
  past: Past,
  before: DialogueLine | undefined,
  line: DialogueLine & { readonly kind: 'expect' },
): void {
  past.isAnswered = true;
  const own = past.bySession.get(line.session) ?? new Set<DimensionId>();
  past.bySession.set(line.session, own);
  const { expectation } = line;
  const code =
    expectation.kind === 'code'
      ? expectation.code
      : expectation.kind === 'literal'
        ? Number(expectation.reply.text.slice(0, 3))
        : expectation.kind === 'class'
          ? expectation.class * 100
          : 0;
  if (code >= 400) own.add('behind a refusal');
  if (before?.kind !== 'say' || before.session !== line.session || code < 200 || code >= 300) return;
  const said = before.text.text.toUpperCase();
  if (said === 'RSET') own.add('behind RSET');
  if (/^(?:EHLO|HELO) /.test(said)) own.add('behind EHLO');
  if (said === 'STARTTLS') own.add('behind STARTTLS');
}

/** The dimensions of what is said: spelling and length, with what its variables hold. */
function formsOf({ vars }: Scenario, text: string): readonly DimensionId[] {
  const used = [...text.matchAll(/\$\{(\w[\w-]*)/g)].map(([, name = '']) => vars.get(name)?.text ?? '');
  const whole = [text, ...used].join('\n');
  return [
    ...(/\|(?:upper|lower)\b/.test(whole) || /^[a-z]{4} /.test(text) ? (['letter case'] as const) : []),
    ...(/[^\p{ASCII}]|xn--/iu.test(whole) ? (['U-label and A-label'] as const) : []),
    ...(repeats(whole) ? (['around 64 KiB'] as const) : []),
  ];
}

function formsOfMessage(scenario: Scenario, line: ClientLine): readonly DimensionId[] {
  if (line.kind !== 'macro' || line.macro.kind !== 'message' || line.macro.message === undefined) return [];
  const text = scenario.messages.get(line.macro.message)?.text.text ?? '';
  const from = /^From:[^\n]*(?:\n[ \t][^\n]*)*/im.exec(text)?.[0] ?? '';
  return [
    ...formsOf(scenario, text),
    ...(/\n|\(|=\?|"|;$/.test(from.trimEnd()) ? (['header forms'] as const) : []),
  ];
}

function repeats(text: string): boolean {
  return [...text.matchAll(/\|x(\d+)/g)].some(([, times]) => Number(times) >= LONG);
}

function hasLimit({ given }: Scenario): boolean {
  const { sendLimit, rate, sessionLimit, sizeLimit, recipientLimit, balance } = given;
  return (
    [sendLimit, rate, sessionLimit, sizeLimit, recipientLimit].some((limit) => limit !== undefined) ||
    balance <= 3
  );
}
