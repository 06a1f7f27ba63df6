import type { PageCase, PageData, PageTrace } from '../page-data.ts';
import { copyable } from './again.ts';
import { button, countOf, h, outcomeWords, prose, showInstant, showMs } from './dom.ts';
import { byOutcome } from './matrix-rows.ts';
import { renderRuleSource } from './source.ts';
import { renderTranscript } from './transcript.ts';
import type { ViewState } from './view-state.ts';

/** How many cases a list shows at once. */
const SHOWN_CASES = 60;

/** What stands behind a cell: the rule and its cases in one mode, or one case alone. Nothing where there is no such. */
export function renderDetail(
  data: PageData,
  state: ViewState,
  show: (change: Partial<ViewState>) => void,
): readonly Node[] | undefined {
  const rule = [...data.rules, ...data.requirements].find(({ id }) => id === state.rule);
  const mode = data.modes.indexOf(state.ruleMode ?? '');
  const cases = (rule?.cases.flatMap((at) => data.cases[at] ?? []) ?? [])
    .filter((one) => mode === -1 || one.mode === mode)
    .toSorted((a, b) => weightIn(a, state.rule) - weightIn(b, state.rule) || byOutcome(a.outcome, b.outcome));
  const chosen = data.cases.find(({ id }) => id === state.case) ?? cases[0];
  if (chosen === undefined) return undefined;
  return [
    ...(rule === undefined ? [] : [renderRule(data, rule, state.ruleMode)]),
    ...(cases.length > 1 ? [renderCaseList(data, cases, chosen, show)] : []),
    renderCase(data, chosen),
  ];
}

/** The cases that found the rule broken come first, then those that are about it. */
function weightIn({ findings = [] }: PageCase, rule: string | undefined): number {
  return findings.some((finding) => finding.rule === rule) ? 0 : 1;
}

function renderRule(
  { documentation }: PageData,
  rule: PageData['rules'][number],
  mode: string | undefined,
): HTMLElement {
  const { id, basis, level, statement } = rule;
  return h(
    'header',
    { class: 'rule' },
    h('p', { class: 'over' }, h('code', {}, id), mode === undefined ? '' : ` in ${mode}`),
    h('h2', { tabindex: -1 }, ...prose(statement)),
    h(
      'p',
      { class: 'basis' },
      `${basis}${level === undefined ? '' : ` ${level}`}: `,
      renderRuleSource(rule, documentation),
    ),
  );
}

function renderCaseList(
  { groups, marks }: PageData,
  cases: readonly PageCase[],
  chosen: PageCase,
  show: (change: Partial<ViewState>) => void,
): HTMLElement {
  const item = (one: PageCase) =>
    h(
      'li',
      {},
      button(
        { class: 'case', 'aria-current': one === chosen ? 'true' : undefined },
        () => show({ case: one.id }),
        h('span', { class: `mark o-${one.outcome}` }, marks[one.outcome]),
        h('span', { class: 'unseen' }, `${outcomeWords(one.outcome)}: `),
        `${groups[one.group]?.title ?? one.id}${one.repeat === undefined ? '' : ` (${one.repeat})`}`,
      ),
    );
  const list = h('ul', { class: 'cases' }, ...cases.slice(0, SHOWN_CASES).map(item));
  if (cases.length > SHOWN_CASES) {
    const more = h(
      'li',
      {},
      button(
        { class: 'link' },
        () => more.replaceWith(...cases.slice(SHOWN_CASES).map(item)),
        countOf(cases.length - SHOWN_CASES, 'more case'),
      ),
    );
    list.append(more);
  }
  return h(
    'details',
    { open: cases.length <= 12 },
    h(
      'summary',
      {},
      `${countOf(cases.length, 'case')} ${cases.length === 1 ? 'holds' : 'hold'} this rule here`,
    ),
    list,
  );
}

function renderCase({ groups, modes, marks }: PageData, one: PageCase): HTMLElement {
  const group = groups[one.group];
  if (group === undefined) return h('p', {}, one.id);
  const mode = modes[one.mode] ?? '';
  const facts: readonly (readonly [string, Node | string])[] = [
    [
      'outcome',
      h(
        'span',
        { class: `word o-${one.outcome}` },
        `${marks[one.outcome]} ${outcomeWords(one.outcome)}${one.known === true ? ', known' : ''}`,
      ),
    ],
    ...(one.why === undefined ? [] : [['why', one.why] as const]),
    ['case', h('code', {}, one.id)],
    ['about', h('code', {}, group.about)],
    ['file', h('code', {}, `${group.file}:${group.line}`)],
    ...(one.ms === undefined ? [] : [['time', showMs(one.ms)] as const]),
    ...(one.sends === undefined ? [] : [['charged', countOf(one.sends, 'send')] as const]),
    ['again', copyable(one.again, group.id, mode)],
  ];
  return h(
    'section',
    { class: 'one-case' },
    h('h3', { tabindex: -1 }, group.title),
    h(
      'dl',
      { class: 'facts wide' },
      ...facts.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]),
    ),
    renderTranscriptPart(group, one),
    ...renderTls(one.trace),
  );
}

function renderTranscriptPart(group: Parameters<typeof renderTranscript>[0], one: PageCase): HTMLElement {
  const table = renderTranscript(group, one);
  const box = h('input', { type: 'checkbox' });
  box.addEventListener('change', () => table.classList.toggle('ends', box.checked));
  return h('div', { class: 'scroll' }, h('label', { class: 'switch' }, box, ' show CR and LF'), table);
}

function renderTls(trace: readonly PageTrace[]): readonly HTMLElement[] {
  return trace.flatMap((event) => {
    if (event[0] !== 't') return [];
    const [, session, , servername, facts] = event;
    const rows: readonly (readonly [string, string])[] =
      facts.kind === 'failed'
        ? [['failed', facts.why]]
        : [
            ['protocol', facts.protocol],
            ['cipher', facts.cipher],
            ...(facts.certificate === undefined
              ? []
              : ([
                  ['certificate', facts.certificate.subject],
                  ['issued by', facts.certificate.issuer],
                  ['holds for', facts.certificate.names.join(', ')],
                  [
                    'valid',
                    `${showInstant(facts.certificate.validFrom)} to ${showInstant(facts.certificate.validTo)}`,
                  ],
                  ['SHA-256', facts.certificate.fingerprint],
                ] as const)),
          ];
    return [
      h(
        'details',
        { class: 'tls' },
        h('summary', {}, `TLS of session ${session}, with ${servername}`),
        h(
          'dl',
          { class: 'facts' },
          ...rows.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, h('code', {}, value))]),
        ),
      ),
    ];
  });
}
