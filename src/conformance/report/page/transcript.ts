import type { Handshake } from '../../result/handshake.ts';
import type { PageCase, PageFinding, PageGroup, PageLine } from '../page-data.ts';
import { alignTranscript, type Happening } from './align.ts';
import { button, h, showMs } from './dom.ts';
import { splitOctets } from './octets.ts';

/** Lines of one message that are shown before somebody asks for the others. */
const SHOWN_LINES = 40;

/** The dialogue with what happened on the wire beside it, then the ending; unmet expectations stand at their lines. */
export function renderTranscript(group: PageGroup, { trace, findings = [] }: PageCase): HTMLElement {
  const byLine = Map.groupBy(findings, ({ line }) => line);
  const rows = alignTranscript(group.dialogue, trace);
  const body = rows.flatMap(({ line, happenings }, at) =>
    renderRow(line, happenings, byLine, at === 0 ? 'before the dialogue' : 'after the dialogue'),
  );
  const ending = group.ending.flatMap((line) => renderRow(line, [], byLine));
  const known = new Set([...group.dialogue, ...group.ending].map(([line]) => line));
  const elsewhere = findings.filter(({ line }) => !known.has(line)).map(renderFinding);
  return h(
    'table',
    { class: 'transcript' },
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        h('th', { scope: 'col', class: 'number' }, h('span', { class: 'unseen' }, 'line')),
        h('th', { scope: 'col' }, 'expected'),
        h('th', { scope: 'col' }, 'on the wire'),
      ),
    ),
    h('tbody', {}, ...body),
    ending.length > 0 && h('tbody', { class: 'ending' }, ...ending),
    elsewhere.length > 0 && h('tbody', {}, ...elsewhere),
  );
}

function renderRow(
  line: PageLine | undefined,
  happenings: readonly Happening[],
  byLine: ReadonlyMap<number, readonly PageFinding[]>,
  where = '',
): readonly HTMLElement[] {
  const found = line === undefined ? [] : (byLine.get(line[0]) ?? []);
  const isQuiet = happenings.length === 0 && found.length === 0;
  const row = h(
    'tr',
    { class: `${found.length > 0 ? 'unmet' : ''} ${isQuiet ? 'quiet' : ''}`.trim() },
    h('td', { class: 'number' }, line === undefined ? '' : String(line[0])),
    h(
      'td',
      { class: 'source' },
      line === undefined ? h('span', { class: 'aside' }, where) : renderSource(line[1]),
    ),
    h('td', { class: 'wire' }, ...happenings.map(renderHappening)),
  );
  return [row, ...found.map(renderFinding)];
}

function renderSource(source: string): HTMLElement {
  const [, who = '', rest = source] = /^([CSTW]\d?[:>?])(.*)$/s.exec(source) ?? [];
  return h('code', {}, who !== '' && h('span', { class: `who ${who.charAt(0)}` }, who), rest);
}

function renderHappening(one: Happening): HTMLElement {
  if (one.kind === 'tls') return renderHandshake(one.handshake[4]);
  if (one.kind === 'cut') {
    const octets = one.octets.toLocaleString('en');
    return h('div', { class: 'handshake' }, `… ${octets} octets more, which the record leaves out`);
  }
  const { who, session, octets, t, tls } = one;
  const label = `${who}${session === 1 ? '' : session}`;
  return h(
    'div',
    { class: 'said' },
    h(
      'span',
      { class: `who ${who}`, title: `${who === 'C' ? 'client' : 'gateway'}, session ${session}` },
      label,
    ),
    renderOctets(octets),
    h(
      'span',
      { class: 'at' },
      tls && h('span', { class: 'lock', title: 'through TLS' }, 'TLS'),
      ` ${showMs(t)}`,
    ),
  );
}

function renderHandshake(facts: Handshake): HTMLElement {
  const text =
    facts.kind === 'failed'
      ? `handshake failed: ${facts.why}`
      : `handshake: ${facts.protocol}, ${facts.cipher}`;
  return h('div', { class: 'handshake' }, text);
}

function renderOctets(octets: string): HTMLElement {
  const lines = octets.split(/(?<=\n)/);
  const text = h('code', { class: 'octets' }, ...lines.slice(0, SHOWN_LINES).flatMap(renderLine));
  if (lines.length <= SHOWN_LINES) return text;
  const more = button(
    { class: 'link' },
    () => {
      more.remove();
      text.append(...lines.slice(SHOWN_LINES).flatMap(renderLine));
    },
    `${lines.length - SHOWN_LINES} more lines`,
  );
  return h('div', { class: 'octets' }, text, more);
}

function renderLine(octets: string): readonly (Node | string)[] {
  const shown = splitOctets(octets).map(({ kind, text }) => {
    if (kind === 'text') return text;
    return h('span', { class: kind === 'end' ? 'end' : 'odd' }, text);
  });
  return octets.endsWith('\n') ? [...shown, '\n'] : shown;
}

function renderFinding({
  rule,
  outcome,
  column,
  expected,
  received,
  message,
  known,
  own,
  hints,
}: PageFinding): HTMLElement {
  return h(
    'tr',
    { class: `finding o-${outcome}${known === true ? ' known' : ''}` },
    h('td', {}),
    h(
      'td',
      { colspan: 2 },
      h(
        'dl',
        {},
        h('dt', {}, 'expected'),
        h('dd', {}, h('code', {}, expected)),
        h('dt', {}, 'received'),
        h('dd', {}, h('code', {}, received)),
        h('dt', {}, whatItHolds({ known, own, hints, outcome })),
        h('dd', {}, h('code', {}, rule), ` — ${message} (column ${column})`),
      ),
    ),
  );
}

function whatItHolds({
  known,
  own,
  hints,
  outcome,
}: Pick<PageFinding, 'known' | 'own' | 'hints' | 'outcome'>): string {
  if (hints !== undefined) return 'your expectation';
  if (own === true) return 'your expectation; of this moment speaks';
  if (known === true) return 'known';
  return outcome === 'failed' ? 'breaks' : 'differs from';
}
