import type { PageCase, PageComparison, PageData, PagePlace } from '../page-data.ts';
import { button, countOf, h, outcomeWords, prose, showInstant } from './dom.ts';
import { matchesWords } from './matrix-rows.ts';
import { renderRuleSource } from './source.ts';
import type { ViewState } from './view-state.ts';

/** Shows something else. */
type Show = (change: Partial<ViewState>) => void;

/** Scenarios that a list shows before somebody asks for the others. */
const SHOWN = 20;

const UNKNOWN: readonly string[] = ['errored', 'not-arranged', 'not-observed', 'withdrawn', 'skipped'];

/** How many cases and rules could not be shown. */
export function countNotShown({ cases, run }: PageData): number {
  return cases.filter(({ outcome }) => UNKNOWN.includes(outcome)).length + (run.how === 'finished' ? 0 : 1);
}

/** What this run says nothing of, with the reasons: unknown is never green. */
export function renderNotShown(data: PageData, show: Show): HTMLElement {
  const { cases, rules, run, marks } = data;
  const sections = UNKNOWN.flatMap((outcome) => {
    const own = cases.filter((one) => one.outcome === outcome);
    if (own.length === 0) return [];
    const byWhy = [...Map.groupBy(own, ({ why = 'no reason is given' }) => why)].toSorted(
      ([, a], [, b]) => b.length - a.length,
    );
    return [
      h(
        'h2',
        {},
        h('span', { class: `mark o-${outcome}` }, marks[own[0]?.outcome ?? 'skipped']),
        ` ${outcomeWords(outcome)}`,
      ),
      ...byWhy.map(([why, several]) => renderReason(data, why, several, show)),
    ];
  });
  const unheld = [
    ...Map.groupBy(
      rules.filter(({ unheld: why }) => why !== undefined),
      ({ unheld: why }) => why ?? '',
    ),
  ];
  return h(
    'div',
    { class: 'prose' },
    run.how !== 'finished' && h('p', { class: 'alarm' }, run.why ?? 'The run did not come to its end.'),
    sections.length === 0 &&
      run.how === 'finished' &&
      h('p', {}, 'Every case that was played could be shown.'),
    ...sections,
    unheld.length > 0 && h('h2', {}, 'Rules without a case in this run'),
    ...unheld.map(([why, own]) =>
      h(
        'details',
        {},
        h('summary', {}, `${why} (${countOf(own.length, 'rule')})`),
        h('ul', {}, ...own.map(({ id, statement }) => h('li', {}, h('code', {}, id), ` ${statement}`))),
      ),
    ),
  );
}

function renderReason(
  { groups, modes }: PageData,
  why: string,
  own: readonly PageCase[],
  show: Show,
): HTMLElement {
  const item = (several: readonly PageCase[]) =>
    h(
      'li',
      {},
      groups[several[0]?.group ?? -1]?.title ?? '',
      h(
        'div',
        { class: 'modes' },
        ...several.map((one) =>
          button(
            { class: 'link' },
            () => show({ case: one.id, rule: undefined, ruleMode: undefined }),
            modes[one.mode] ?? '',
          ),
        ),
      ),
    );
  const byGroup = [...Map.groupBy(own, ({ group }) => group).values()];
  const list = h('ul', {}, ...byGroup.slice(0, SHOWN).map(item));
  if (byGroup.length > SHOWN) {
    const left = byGroup.slice(SHOWN);
    const unfold = () => more.replaceWith(...left.map(item));
    const more = h('li', {}, button({ class: 'link' }, unfold, countOf(left.length, 'more scenario')));
    list.append(more);
  }
  return h(
    'details',
    { open: byGroup.length <= 5 },
    h('summary', {}, `${why} (${countOf(own.length, 'case')})`),
    list,
  );
}

/** Rule, basis, the sentence that it comes from, the scenarios that hold it, the wrong gateways that it was tried on. */
export function renderTraceability(data: PageData, query: string, show: Show): HTMLElement {
  const { rules, hasMutants } = data;
  const shown = rules.filter(({ id, statement, source }) =>
    matchesWords(`${id} ${statement} ${source}`, query),
  );
  const own = data.requirements.filter(({ id, statement }) => matchesWords(`${id} ${statement}`, query));
  const touched = rules.filter(({ outcome }) => outcome !== undefined).length;
  const heads = ['rule', 'basis', 'where it stands', 'scenarios', ...(hasMutants ? ['wrong gateways'] : [])];
  return h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'traceability' },
    h(
      'p',
      { class: 'over' },
      `All ${countOf(rules.length, 'rule')} of the contract: ${touched} that this run says something of, and ${rules.length - touched} of which the column "scenarios" tells who shows them.`,
    ),
    h(
      'table',
      { class: 'trace' },
      h('thead', {}, h('tr', {}, ...heads.map((head) => h('th', { scope: 'col' }, head)))),
      h('tbody', {}, ...[...shown, ...own].map((rule) => renderTrace(data, rule, show))),
    ),
  );
}

function renderTrace(data: PageData, rule: PageData['rules'][number], show: Show): HTMLElement {
  const { id, basis, level, statement, outcome, mutants } = rule;
  return h(
    'tr',
    {},
    h(
      'th',
      { scope: 'row' },
      outcome !== undefined &&
        h('span', { class: `mark o-${outcome}`, title: outcomeWords(outcome) }, data.marks[outcome]),
      h('span', { class: 'title' }, ...prose(statement)),
      h('code', { class: 'id' }, id),
    ),
    h('td', {}, `${basis}${level === undefined ? '' : ` ${level}`}`),
    h('td', {}, renderRuleSource(rule, data.documentation)),
    h('td', {}, renderHolders(data, rule, show)),
    data.hasMutants &&
      h('td', {}, mutants === undefined || mutants.length === 0 ? 'none' : renderMutants(mutants)),
  );
}

function renderHolders(
  { cases, groups }: PageData,
  rule: PageData['rules'][number],
  show: Show,
): Node | string {
  const byGroup = Map.groupBy(
    rule.cases.flatMap((at) => cases[at] ?? []),
    ({ group }) => group,
  );
  if (byGroup.size === 0) return rule.unheld ?? 'none';
  const list = h('ul', {});
  const details = h('details', {}, h('summary', {}, countOf(byGroup.size, 'scenario')), list);
  // hundreds of names are made only for those who look
  details.addEventListener('toggle', () => {
    if (list.childElementCount > 0) return;
    for (const [group, own] of byGroup) {
      list.append(
        h(
          'li',
          {},
          button(
            { class: 'link' },
            () => show({ rule: rule.id, ruleMode: undefined, case: own[0]?.id }),
            groups[group]?.id ?? '',
          ),
        ),
      );
    }
  });
  return details;
}

function renderMutants(mutants: NonNullable<PageData['rules'][number]['mutants']>): HTMLElement {
  const caught = mutants.filter((mutant) => mutant.caught).length;
  return h(
    'details',
    {},
    h('summary', {}, `${caught} of ${mutants.length} seen`),
    h(
      'ul',
      {},
      ...mutants.map((mutant) =>
        h('li', {}, `${mutant.caught ? '✓' : '✗'} `, h('code', {}, mutant.id), ` ${mutant.wrong}`),
      ),
    ),
  );
}

/** What is new, what is gone and what became of cases since the run compared with. */
export function renderChanges(
  { cases }: PageData,
  { before, appeared, gone, stayed, changed }: PageComparison,
  show: Show,
): HTMLElement {
  const known = new Set(cases.map(({ id }) => id));
  const modeLink = ({ id }: PagePlace) =>
    known.has(id)
      ? button({ class: 'link' }, () => show({ case: id, rule: undefined, ruleMode: undefined }), modeOf(id))
      : modeOf(id);
  const place = (several: readonly PagePlace[]) =>
    several
      .slice(0, 1)
      .map(({ id, rule, source, received }) =>
        h(
          'li',
          {},
          h('span', { class: 'title' }, id.replace(/ @[^@]*$/, '')),
          h('code', { class: 'id' }, source),
          h('code', { class: 'id' }, `received ${received}`),
          h('code', { class: 'id' }, `breaks ${rule}`),
          h('div', { class: 'modes' }, ...several.map(modeLink)),
        ),
      );
  const list = (title: string, own: readonly PagePlace[]) => {
    const same = Map.groupBy(own, ({ id, rule, source }) =>
      [id.replace(/ @[^@]*$/, ''), rule, source].join('\n'),
    );
    return own.length === 0
      ? []
      : [
          h('h2', {}, `${title} (${own.length})`),
          h('ul', { class: 'places' }, ...[...same.values()].flatMap(place)),
        ];
  };
  return h(
    'div',
    { class: 'prose' },
    h(
      'p',
      {},
      `Compared with the run of ${showInstant(before.clock)} on ${before.target}: ${countOf(appeared.length, 'new finding')}, ${gone.length} gone, ${stayed} still there.`,
    ),
    ...list('New', appeared),
    ...list('Gone', gone),
    changed.length > 0 && h('h2', {}, `Cases with another outcome (${changed.length})`),
    changed.length > 0 &&
      h(
        'ul',
        { class: 'places' },
        ...changed
          .slice(0, 500)
          .map(({ id, before: was, now }) =>
            h('li', {}, `${id}: ${outcomeWords(was ?? 'not played')} → ${outcomeWords(now ?? 'not played')}`),
          ),
      ),
    changed.length > 500 && h('p', {}, `… and ${changed.length - 500} more.`),
  );
}

function modeOf(id: string): string {
  return id.replace(/^.* @/, '');
}
