import type { PageData } from '../page-data.ts';
import { button, h, outcomeWords, prose } from './dom.ts';
import type { MatrixCell, MatrixRow } from './matrix-rows.ts';
import type { ViewState } from './view-state.ts';

/** Opens what stands behind a cell. */
type Open = (what: MatrixCell['open']) => void;

/** The matrix: a row for each rule or scenario, a column for each mode, one cell of it in the order of tabs. */
export function renderMatrix(
  name: string,
  rows: readonly MatrixRow[],
  { modes, marks }: Pick<PageData, 'modes' | 'marks'>,
  { mode: only }: Pick<ViewState, 'mode'>,
  open: Open,
): HTMLElement {
  const shown = modes
    .map((mode, at) => ({ mode, at }))
    .filter(({ mode }) => only === undefined || mode === only);
  const head = h(
    'thead',
    {},
    h(
      'tr',
      {},
      h('th', { scope: 'col' }, name),
      ...shown.map(({ mode }) => h('th', { scope: 'col', class: 'mode' }, ...modeWords(mode))),
    ),
  );
  const table = h(
    'table',
    { class: 'matrix' },
    h('caption', { class: 'unseen' }, `${name} by mode; the arrow keys move from cell to cell`),
    head,
  );
  table.addEventListener('keydown', (event) => moveFocus(table, event));
  const renderRow = (row: MatrixRow) =>
    h(
      'tr',
      {},
      h(
        'th',
        { scope: 'row' },
        h('span', { class: 'title' }, ...(row.hasCode ? prose(row.title) : [row.title])),
        h('code', { class: 'id' }, row.id),
      ),
      ...shown.map(({ mode, at }) => h('td', {}, renderCell(row, row.cells[at], mode, marks, open))),
    );
  appendRows(table, rows, shown.length + 1, renderRow);
  const first = table.querySelector<HTMLElement>('button.cell');
  if (first !== null) first.tabIndex = 0;
  return table;
}

/** Rows that are drawn at once; the others follow when the page is up. */
const AT_ONCE = 150;

/** Draws the rows below their topics, the first of them now and the others piece by piece, so that nobody waits. */
function appendRows(
  table: HTMLTableElement,
  rows: readonly MatrixRow[],
  columns: number,
  renderRow: (row: MatrixRow) => HTMLElement,
): void {
  let body: HTMLElement | undefined;
  let topic: string | undefined;
  const draw = (from: number): void => {
    for (const row of rows.slice(from, from + AT_ONCE)) {
      if (body === undefined || row.topic !== topic) {
        topic = row.topic;
        const head = h('th', { scope: 'rowgroup', colspan: columns }, topic);
        body = h('tbody', {}, h('tr', { class: 'topic' }, head));
        table.append(body);
      }
      body.append(renderRow(row));
    }
    if (from + AT_ONCE >= rows.length) return;
    setTimeout(() => {
      if (table.isConnected) draw(from + AT_ONCE);
    });
  };
  draw(0);
}

/** `587+starttls` in two lines, for columns are narrow. */
function modeWords(mode: string): readonly (Node | string)[] {
  const [port = '', encryption] = mode.split('+');
  return encryption === undefined
    ? [port]
    : [port, h('span', { class: 'unseen' }, '+'), h('span', { class: 'encryption' }, encryption)];
}

function renderCell(
  row: MatrixRow,
  cell: MatrixCell | undefined,
  mode: string,
  marks: PageData['marks'],
  open: Open,
): Node | string {
  if (cell === undefined) return '';
  const { outcome, isKnown, change } = cell;
  const words = [
    outcomeWords(outcome),
    isKnown && 'known',
    change === 'worse' && 'worse than before',
    change === 'better' && 'better than before',
  ].filter((word) => word !== false);
  return button(
    {
      class: `cell o-${outcome}${isKnown ? ' known' : ''}`,
      tabindex: -1,
      title: `${mode}: ${words.join(', ')}`,
      'aria-label': `${row.id}, ${mode}: ${words.join(', ')}`,
      'aria-haspopup': 'dialog',
    },
    () => open(cell.open),
    h('span', { 'aria-hidden': 'true' }, marks[outcome]),
    change !== undefined &&
      h('span', { class: `change ${change}`, 'aria-hidden': 'true' }, change === 'worse' ? '▼' : '▲'),
  );
}

/** Arrows, Home, End and the page keys move through the cells; one cell alone is reached by the tab key. */
function moveFocus(table: HTMLTableElement, event: KeyboardEvent): void {
  const from =
    event.target instanceof HTMLElement ? event.target.closest<HTMLButtonElement>('button.cell') : null;
  if (from === null || event.ctrlKey || event.metaKey || event.altKey) return;
  const grid = [...table.rows].map((row) =>
    [...row.cells].map((cell) => cell.querySelector<HTMLButtonElement>('button.cell')),
  );
  const y = grid.findIndex((row) => row.includes(from));
  const x = grid[y]?.indexOf(from) ?? -1;
  const to = targetOf(event.key, grid, x, y);
  if (to === undefined) return;
  event.preventDefault();
  from.tabIndex = -1;
  to.tabIndex = 0;
  to.focus();
  to.scrollIntoView({ block: 'nearest' });
}

type Grid = readonly (readonly (HTMLButtonElement | null)[])[];

/** How many rows the page keys pass. */
const PAGE = 10;

function targetOf(key: string, grid: Grid, x: number, y: number): HTMLButtonElement | undefined {
  const row = grid[y] ?? [];
  const present = (cells: Grid[number]) => cells.filter((cell) => cell !== null);
  const column = grid.map((cells) => cells[x] ?? null);
  switch (key) {
    case 'ArrowRight':
      return present(row.slice(x + 1))[0];
    case 'ArrowLeft':
      return present(row.slice(0, x)).at(-1);
    case 'ArrowDown':
      return present(column.slice(y + 1))[0];
    case 'ArrowUp':
      return present(column.slice(0, y)).at(-1);
    case 'PageDown':
      return present(column.slice(y + 1, y + 1 + PAGE)).at(-1);
    case 'PageUp':
      return present(column.slice(Math.max(0, y - PAGE), y))[0];
    case 'Home':
      return present(row)[0];
    case 'End':
      return present(row).at(-1);
    default:
      return undefined;
  }
}
