import { isRuleOf, ruleIdsOf, ruleOf, type Contract } from '../../contract/contract.ts';
import { isReplyOf } from '../../contract/reply-parts.ts';
import type { RuleId } from '../../contract/rule.ts';
import type { RunEvent } from '../result/run-event.ts';
import type { SessionModel } from './session-model.ts';

/** What generated sessions came through. */
export interface Reach {
  readonly model: SessionModel;
  readonly rules: Set<RuleId>;
  readonly codes: Set<string>;
  readonly documented: Set<string>;
  readonly states: Set<string>;
  /** Pairs of dimensions that a row of the covering array brought, by name. */
  readonly pairs: Set<string>;
  hear(event: RunEvent): void;
}

/** Nothing reached yet. */
export function noReach(model: SessionModel): Reach {
  const { contract } = model;
  const allReplies = repliesOf(contract);
  const reached = new Set<RuleId>();
  const codes = new Set<string>();
  const documented = new Set<string>();
  return {
    model,
    rules: reached,
    codes,
    documented,
    states: new Set(),
    pairs: new Set(),
    hear: (event) => {
      if (event.kind === 'case-finished')
        for (const rule of event.met.filter((id) => isRuleOf(contract, id))) reached.add(rule);
      if (event.kind !== 'wire' || event.direction !== 'S') return;
      for (const line of event.octets.split('\r\n')) {
        if (/^\d{3} /.test(line)) codes.add(line.slice(0, 3));
        for (const written of allReplies) if (isReplyOf(written, line)) documented.add(written);
      }
    },
  };
}

function repliesOf({ documentedReplies }: Contract): ReadonlySet<string> {
  return new Set(Object.values(documentedReplies).map(({ reply }) => reply));
}

/** Several explorations of one model as one. */
export function joinReach(model: SessionModel, all: readonly Reach[]): Reach {
  const joined = noReach(model);
  for (const each of all) {
    for (const rule of each.rules) joined.rules.add(rule);
    for (const code of each.codes) joined.codes.add(code);
    for (const reply of each.documented) joined.documented.add(reply);
    for (const state of each.states) joined.states.add(state);
    for (const pair of each.pairs) joined.pairs.add(pair);
  }
  return joined;
}

/** What was reached and what not, for people; what never was stands first. */
export function describeReach({ model, rules: reached, codes, documented, states, pairs }: Reach): string {
  const { contract, states: modelStates } = model;
  const allReplies = repliesOf(contract);
  const onTheWire = ruleIdsOf(contract).filter((id) => ruleOf(contract, id).basis !== 'sandbox');
  const never = onTheWire.filter((id) => !reached.has(id));
  // what no scenario can say, such as five minutes that really pass, no generated one can
  const beyond = never.filter((id) => ruleOf(contract, id).shownBy === 'control test');
  const missing = {
    'documented replies': [...allReplies].filter((reply) => !documented.has(reply)),
    'model states': modelStates.filter((state) => !states.has(state)),
    rules: never.filter((id) => !beyond.includes(id)),
  };
  return [
    ...Object.entries(missing).flatMap(([what, names]) =>
      names.length === 0 ? [] : [`never reached, ${what}:`, ...names.map((name) => `  ${name}`)],
    ),
    ...(beyond.length === 0
      ? []
      : ['no scenario can show, so control tests do:', ...beyond.map((id) => `  ${id}`)]),
    `reached: ${documented.size} of ${allReplies.size} documented replies · ${states.size} of ${modelStates.length} model states · ` +
      `${onTheWire.filter((id) => reached.has(id)).length} of ${onTheWire.length} rules · codes ${[...codes].toSorted().join(' ')}`,
    ...(pairs.size === 0 ? [] : [`pairs of dimensions: ${pairs.size} of ${model.pairs}`]),
    '',
  ].join('\n');
}
