import type { PageData } from '../page-data.ts';
import { countOf, h, outcomeWords, showInstant, showMs } from './dom.ts';
import { byOutcome } from './matrix-rows.ts';
import { verdictOf } from './verdict.ts';

/** What the page begins with: the verdict, and how many rules came to what. */
export function renderHead(data: PageData): HTMLElement {
  const { run, rules, cases, marks } = data;
  const told = rules.filter(({ outcome }) => outcome !== undefined);
  const isWhole = run.how === 'finished';
  const { verdict, isBad } = verdictOf(data);
  const counts = [...Map.groupBy(told, ({ outcome }) => outcome ?? 'skipped')].toSorted(([a], [b]) =>
    byOutcome(b, a),
  );
  const bar = h('div', { class: 'bar', 'aria-hidden': 'true' });
  for (const [outcome, own] of counts) {
    const part = h('span', { class: `o-${outcome}` });
    part.style.flexGrow = String(own.length);
    bar.append(part);
  }
  const words = counts.map(([outcome, own]) =>
    h(
      'li',
      {},
      h('span', { class: `mark o-${outcome}` }, marks[outcome]),
      ` ${countOf(own.length, 'rule')} ${outcomeWords(outcome)}`,
    ),
  );
  // what no rule says is in no count of rules, and red all the same
  if (data.own !== undefined) {
    const part = h('span', { class: 'o-failed' });
    part.style.flexGrow = '1';
    bar.prepend(part);
    words.unshift(h('li', {}, h('span', { class: 'mark o-failed' }, marks.failed), ` ${data.own}`));
  }
  const facts = [
    run.target,
    showInstant(run.clock),
    countOf(cases.length, 'case'),
    ...(run.ms === undefined ? [] : [showMs(run.ms)]),
  ];
  return h(
    'header',
    { class: 'head' },
    h('p', { class: 'over' }, `gauntlet  ·  ${facts.join('  ·  ')}`),
    h('h1', { class: isBad ? 'bad' : '' }, verdict),
    !isWhole && h('p', { class: 'alarm' }, run.why ?? ''),
    bar,
    h('ul', { class: 'legend', 'aria-label': 'rules by outcome' }, ...words),
  );
}
