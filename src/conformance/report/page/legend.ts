import type { PageData } from '../page-data.ts';
import { h, outcomeWords } from './dom.ts';

const ENCRYPTIONS: Readonly<Record<string, string>> = {
  '': 'nothing encrypted',
  tls: 'TLS from the first octet',
  starttls: 'encrypted by STARTTLS',
};

/** What the name of a mode says: a port, and how sessions on it are encrypted. */
function describeMode(mode: string): string {
  const [port, encryption = ''] = mode.split('+');
  return `port ${port}, ${ENCRYPTIONS[encryption] ?? encryption}`;
}

const OUTCOMES: Readonly<Record<string, string>> = {
  passed: 'every expectation was met',
  failed: 'the gateway broke its word',
  errored: 'it could not be found out',
  differs: 'the gateway chose otherwise where nothing binds it',
  'not-arranged': 'the gateway could not be brought into the situation',
  'not-observed': 'the end could not be seen',
  withdrawn: 'the scenario file takes it back',
  skipped: 'the user left it out',
};

/** What the columns and the marks mean. */
export function renderMeaning({ modes, marks }: Pick<PageData, 'modes' | 'marks'>): HTMLElement {
  const pair = (term: Node | string, text: string) => [h('dt', {}, term), h('dd', {}, text)];
  const isMarked = (outcome: string): outcome is keyof typeof marks => outcome in marks;
  return h(
    'details',
    { class: 'meaning' },
    h('summary', {}, 'What the columns and marks mean'),
    h('dl', { class: 'facts' }, ...modes.flatMap((mode) => pair(mode, describeMode(mode)))),
    h(
      'dl',
      { class: 'facts' },
      ...Object.entries(OUTCOMES).flatMap(([outcome, text]) =>
        pair(
          h(
            'span',
            {},
            h('span', { class: `mark o-${outcome}` }, isMarked(outcome) ? marks[outcome] : ''),
            ` ${outcomeWords(outcome)}`,
          ),
          text,
        ),
      ),
    ),
  );
}
