import type { PageCase, PageData, PageFinding } from '../page-data.ts';
import { copyable } from './again.ts';
import { button, countOf, h, outcomeWords, prose } from './dom.ts';
import { matchesWords } from './matrix-rows.ts';
import { troublesOf, type Trouble } from './troubles.ts';
import type { ViewState } from './view-state.ts';

/** The findings as a list with their reasons; each opens at its line. */
export function renderFindings(
  data: PageData,
  query: string,
  show: (change: Partial<ViewState>) => void,
): HTMLElement {
  const { groups, rules } = data;
  const shown = troublesOf(data).filter(({ cases, finding }) => {
    const group = groups[cases[0]?.group ?? -1];
    const statement = rules.find(({ id }) => id === finding?.rule)?.statement ?? '';
    const text = [group?.id, group?.title, finding?.rule, statement, finding?.expected, finding?.received];
    return matchesWords(text.join('\n'), query);
  });
  if (shown.length === 0) return h('p', { class: 'none' }, 'No finding matches the filter.');
  return h('ol', { class: 'findings' }, ...shown.map((trouble) => renderTrouble(data, trouble, show)));
}

function renderTrouble(
  { groups, modes, marks, rules }: PageData,
  { cases, finding }: Trouble,
  show: (change: Partial<ViewState>) => void,
): HTMLElement {
  const [first] = cases;
  const group = groups[first?.group ?? -1];
  const outcome = finding?.outcome ?? 'errored';
  const rule = rules.find(({ id }) => id === finding?.rule);
  const open = (one: PageCase | undefined) => show({ case: one?.id, rule: undefined, ruleMode: undefined });
  const byMode = [...Map.groupBy(cases, ({ mode }) => mode)];
  return h(
    'li',
    { class: `o-${outcome}` },
    h(
      'h2',
      {},
      h('span', { class: 'mark', 'aria-hidden': 'true' }, marks[outcome]),
      h('span', { class: 'unseen' }, `${outcomeWords(outcome)}: `),
      button(
        { class: 'link', 'aria-haspopup': 'dialog' },
        () => open(first),
        group?.title ?? first?.id ?? '',
      ),
    ),
    h('code', { class: 'id' }, `${group?.file ?? ''}:${finding?.line ?? group?.line ?? ''}`),
    finding === undefined
      ? h('p', {}, first?.why ?? 'no reason is given')
      : h(
          'dl',
          { class: 'pair' },
          h('dt', {}, 'expected'),
          h('dd', {}, h('code', {}, finding.expected)),
          h('dt', {}, 'received'),
          h('dd', {}, h('code', {}, finding.received)),
        ),
    finding?.own === true && rule === undefined && renderOwnReason(finding),
    rule !== undefined &&
      h(
        'p',
        { class: 'reason' },
        finding?.own === true &&
          'your expectation, which no rule says; the rule that speaks of this moment: ',
        h('code', {}, rule.id),
        ' ',
        ...prose(rule.statement),
      ),
    h(
      'div',
      { class: 'modes' },
      `in ${countOf(byMode.length, 'mode')}:`,
      ...byMode.map(([mode, own]) =>
        button(
          { class: 'link', 'aria-haspopup': 'dialog' },
          () => open(own[0]),
          `${modes[mode] ?? ''}${own.length === 1 ? '' : ` (${own.length} times)`}`,
        ),
      ),
      finding?.known === true && h('span', { class: 'word' }, 'known'),
    ),
    group !== undefined && first !== undefined && copyable(first.again, group.id, modes[first.mode] ?? ''),
  );
}

/** That a requirement of the author's own is no rule, and which rules speak of this moment. */
function renderOwnReason({ rule, hints = [] }: PageFinding): HTMLElement {
  return h(
    'p',
    { class: 'reason' },
    h('code', {}, rule),
    `: your expectation, which no rule says${hints.length === 0 ? '' : `; of this moment speak${hints.length === 1 ? 's' : ''} `}`,
    ...hints.flatMap((hint, at) => [at === 0 ? '' : ', ', h('code', {}, hint)]),
  );
}
