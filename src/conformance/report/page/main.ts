import { renderHead } from './head.ts';
import type { Outcome } from '../../result/result.ts';
import type { PageData } from '../page-data.ts';
import { button, h, outcomeWords } from './dom.ts';
import { renderDetail } from './detail.ts';
import { renderDocumentation } from './documentation.ts';
import { byOutcome, filterRows, ruleRows, scenarioRows, type MatrixRow } from './matrix-rows.ts';
import { renderFindings } from './findings.ts';
import { renderMeaning } from './legend.ts';
import { renderMatrix } from './matrix.ts';
import { countNotShown, renderChanges, renderNotShown, renderTraceability } from './tables.ts';
import { countFindings } from './troubles.ts';
import './page.css';
import { readHash, writeHash, type Tab, type ViewState } from './view-state.ts';

const TAB_NAMES: Readonly<Record<Tab, string>> = {
  findings: 'Findings',
  rules: 'Rules',
  scenarios: 'Scenarios',
  'not-shown': 'Not shown',
  traceability: 'Traceability',
  documentation: 'Documentation',
  changes: 'Changes',
};

/** Draws the page and keeps it as the URL's hash says. */
function start(page: HTMLElement, data: PageData): void {
  const findings = countFindings(data);
  const counts: Partial<Record<Tab, number>> = { findings, 'not-shown': countNotShown(data) };
  // what went wrong is what the reader came for
  const present: readonly Tab[] = [
    ...(findings > 0 ? (['findings'] as const) : []),
    'rules',
    'scenarios',
    ...(data.comparison === undefined ? [] : (['changes'] as const)),
    'traceability',
    'documentation',
    'not-shown',
  ];
  const rows = new Map<Tab, readonly MatrixRow[]>();
  const rowsOf = (tab: 'rules' | 'scenarios') => {
    const made = rows.get(tab) ?? (tab === 'rules' ? ruleRows(data) : scenarioRows(data));
    rows.set(tab, made);
    return made;
  };
  const panel = h('div', { id: 'panel', role: 'tabpanel', 'aria-labelledby': 'tab-rules', tabindex: -1 });
  const tools = h('div', { class: 'tools' });
  const content = h('div', { class: 'content' });
  const dialog = h('dialog', { 'aria-label': 'transcript' });
  const status = h('p', { class: 'unseen', role: 'status' });
  panel.append(tools, status, content);
  const tabList = h('div', { role: 'tablist', 'aria-label': 'views' });
  page.replaceChildren(renderHead(data), tabList, panel, dialog);

  let state = readHash(location.hash);
  let drawn = '';
  const tabOf = ({ tab }: ViewState): Tab => present.find((one) => one === tab) ?? present[0] ?? 'rules';
  const show = (change: Partial<ViewState>): void => {
    location.hash = writeHash({ ...state, ...change });
  };
  const filter = (change: Partial<ViewState>): void => {
    history.replaceState(undefined, '', `#${writeHash({ ...state, ...change })}`);
    draw();
  };

  const drawTabs = (tab: Tab): void => {
    tabList.replaceChildren(
      ...present.map((one) =>
        button(
          {
            role: 'tab',
            id: `tab-${one}`,
            'aria-selected': one === tab ? 'true' : 'false',
            'aria-controls': 'panel',
            tabindex: one === tab ? 0 : -1,
          },
          () => show({ tab: one }),
          TAB_NAMES[one],
          (counts[one] ?? 0) > 0 && h('span', { class: 'count' }, String(counts[one])),
        ),
      ),
    );
    panel.setAttribute('aria-labelledby', `tab-${tab}`);
  };

  const drawContent = (tab: Tab): void => {
    switch (tab) {
      case 'findings':
        content.replaceChildren(renderFindings(data, state.query, show));
        return;
      case 'rules':
      case 'scenarios': {
        const all = rowsOf(tab);
        const found = filterRows(all, state, data.modes);
        status.textContent = `${found.length} of ${all.length} shown`;
        const name = tab === 'rules' ? 'rule' : 'scenario';
        content.replaceChildren(
          found.length === 0
            ? h(
                'p',
                { class: 'none' },
                'Nothing here matches the filter. ',
                button({ class: 'link' }, () => clearFilter(), 'Clear it'),
              )
            : renderMatrix(name, found, data, state, (open) => show({ tab, ...open })),
          renderMeaning(data),
        );
        return;
      }
      case 'not-shown':
        content.replaceChildren(renderNotShown(data, show));
        return;
      case 'traceability':
        content.replaceChildren(renderTraceability(data, state.query, show));
        return;
      case 'documentation':
        content.replaceChildren(renderDocumentation(data, state.quote));
        return;
      case 'changes':
        if (data.comparison !== undefined)
          content.replaceChildren(renderChanges(data, data.comparison, show));
        return;
    }
  };
  const clearFilter = (): void => {
    filter({ query: '', outcomes: [], mode: undefined });
    drawTools(tabOf(state));
    tools.querySelector('input')?.focus();
  };

  const drawTools = (tab: Tab): void => {
    const isMatrix = tab === 'rules' || tab === 'scenarios';
    if (!isMatrix && tab !== 'traceability' && tab !== 'findings') return tools.replaceChildren();
    const search = h('input', {
      type: 'search',
      'aria-label': 'filter',
      placeholder: 'Filter by word',
      value: state.query,
    });
    search.addEventListener('input', () => filter({ query: search.value }));
    tools.replaceChildren(
      search,
      ...(isMatrix
        ? [
            renderModes(data, state, (mode) => filter({ mode })),
            renderChips(data, rowsOf(tab), state, filter),
          ]
        : []),
    );
  };

  const drawDetail = (): void => {
    const isAsked = state.rule !== undefined || state.case !== undefined;
    const detail = isAsked ? renderDetail(data, state, show) : undefined;
    if (detail === undefined) return dialog.close();
    dialog.replaceChildren(
      button({ class: 'close', 'aria-label': 'close' }, () => dialog.close(), '✕'),
      ...detail,
    );
    if (!dialog.open) {
      dialog.showModal();
      // by hand: a frame of another origin does not let an attribute do it
      dialog.querySelector<HTMLElement>('h2, h3')?.focus();
    }
    dialog.scrollTop = 0;
    // what is wanted of a red cell is what was expected there and what came
    dialog.querySelector('tr.finding')?.scrollIntoView({ block: 'center' });
  };
  dialog.addEventListener('close', () => {
    const now = readHash(location.hash);
    if (now.rule !== undefined || now.case !== undefined) {
      filter({ rule: undefined, ruleMode: undefined, case: undefined });
    }
  });
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  tabList.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = present.at((present.indexOf(tabOf(state)) + step) % present.length);
    show({ tab: next });
    draw();
    tabList.querySelector<HTMLElement>('[aria-selected=true]')?.focus();
  });

  function draw(): void {
    state = readHash(location.hash);
    const tab = tabOf(state);
    const { rule: _rule, ruleMode: _in, case: _case, ...view } = state;
    const wanted = JSON.stringify({ ...view, tab });
    if (wanted !== drawn) {
      const isNewTab = !drawn.includes(`"tab":"${tab}"`);
      drawn = wanted;
      if (isNewTab) {
        drawTabs(tab);
        drawTools(tab);
      }
      drawContent(tab);
      // a dialog that closes gives the focus back, so that the place is gone to afterwards
      drawDetail();
      content.querySelector('mark')?.scrollIntoView({ block: 'center' });
      return;
    }
    drawDetail();
  }
  window.addEventListener('hashchange', draw);
  draw();
}

function renderModes(
  { modes }: PageData,
  { mode }: ViewState,
  choose: (mode: string | undefined) => void,
): HTMLElement {
  const select = h(
    'select',
    { 'aria-label': 'mode' },
    h('option', { value: '' }, 'all modes'),
    ...modes.map((one) => h('option', { value: one, selected: one === mode }, one)),
  );
  select.addEventListener('change', () => choose(select.value === '' ? undefined : select.value));
  return select;
}

/** A switch for each outcome that there is; all are off where nothing is left out. */
function renderChips(
  { marks }: PageData,
  rows: readonly MatrixRow[],
  { outcomes }: ViewState,
  filter: (change: Partial<ViewState>) => void,
): HTMLElement {
  const counts = new Map<Outcome, number>();
  for (const { cells } of rows) {
    for (const outcome of new Set(cells.flatMap((cell) => cell?.outcome ?? [])))
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  const chosen = new Set(outcomes);
  const chips = [...counts]
    .toSorted(([a], [b]) => byOutcome(a, b))
    .map(([outcome, count]) => {
      const chip = button(
        { class: 'chip', 'aria-pressed': chosen.has(outcome) ? 'true' : 'false' },
        () => {
          if (!chosen.delete(outcome)) chosen.add(outcome);
          chip.setAttribute('aria-pressed', chosen.has(outcome) ? 'true' : 'false');
          filter({ outcomes: [...chosen] });
        },
        h('span', { class: `mark o-${outcome}` }, marks[outcome]),
        ` ${outcomeWords(outcome)} `,
        h('span', { class: 'count' }, String(count)),
      );
      return chip;
    });
  return h('div', { class: 'chips', role: 'group', 'aria-label': 'only these outcomes' }, ...chips);
}

const [page, data] = ['page', 'data'].map((id) => document.getElementById(id));
// the page's other half wrote it from the same types
if (page && data) start(page, JSON.parse(data.textContent) as PageData);
