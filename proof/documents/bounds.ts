/** The bounds that `docs/security.md` lists, read from the code that keeps them: `node proof/documents/bounds.ts` writes them anew. */
import { TOKENS_OF_AN_ACCOUNT } from '../../src/sandbox/gateway/token-book.ts';
import { readFile, writeFile } from 'node:fs/promises';
import { transcriptBounds } from '../../src/conformance/runner/bounded-transcript.ts';
import { runBounds } from '../../src/conformance/runner/run-bounds.ts';
import { LARGEST_REQUEST as LARGEST_MAILBOX_REQUEST } from '../../src/mailbox/host/embedded/http-guard.ts';
import { LARGEST_MESSAGE } from '../../src/mailbox/host/embedded/smtp-in.ts';
import { MOST_OCTETS } from '../../src/mailbox/host/embedded/store.ts';
import { MOST_LOGINS } from '../../src/sandbox/control/browser-logins.ts';
import { LARGEST_REQUEST } from '../../src/sandbox/control/control.ts';
import { GUESS_WINDOW_MS, MOST_WRONG_TOKENS } from '../../src/sandbox/control/token-check.ts';
import { LONGEST_LINE } from '../../src/sandbox/gateway/strict-parser.ts';
import { defaultBounds } from '../../src/sandbox/gateway/transcript-recorder.ts';
import {
  KEPT_EVENTS,
  MOST_STREAMS,
  MOST_STREAMS_OF_ACCOUNT,
} from '../../src/sandbox/operations/event-log.ts';
import { LONGEST_PART } from '../../src/sandbox/operations/email-content.ts';
import { MOST_TRIGGERS } from '../../src/sandbox/operations/trigger-operations.ts';
import { defaultChoices } from '../../src/sandbox/policy/choices.ts';
import { LONGEST_RETRY_MS } from '../../src/sandbox/relay/retry.ts';
import { LONGEST_REASON } from '../../src/sandbox/relay/settle.ts';
import { SYNCHRONOUS } from '../../src/sandbox/store/sqlite-database.ts';
import { KEPT_BODIES, KEPT_HISTORY_ROWS, KEPT_LEDGER_ENTRIES } from '../../src/sandbox/store/store.ts';
import { MOST_FIELDS } from '../../src/smtp/message.ts';
import { MOST_BOUNDARIES, MOST_PARTS } from '../../src/smtp/mime-bounds.ts';
import { replyBounds } from '../../src/smtp/reply-reader.ts';

type Unit = 'octets' | 'ms' | '';

const rows: readonly (readonly [what: string, bound: number, unit: Unit, beyond: string])[] = [
  ['Command line of a client', LONGEST_LINE, 'octets', '`500 5.5.6`; what is beyond is dropped unread'],
  ['Message', defaultChoices.sizeLimit, 'octets', '`552`; a choice, and a limit of an account'],
  [
    'Recipients of a transaction',
    defaultChoices.recipientLimit,
    '',
    '`452`; a choice, and a limit of an account',
  ],
  ['Header fields of a message', MOST_FIELDS, '', 'the header section is refused'],
  ['Idle session', defaultChoices.idleMs, 'ms', '`421`, and the close; a choice'],
  ['Transcripts kept', defaultBounds.sessions, '', 'the oldest go'],
  ['of sessions without a line of the client', defaultBounds.silent, '', 'these go first'],
  ['of sessions of no account', defaultBounds.nobodys, '', 'these go next'],
  ['Transcript of a session', defaultBounds.octets, 'octets', 'cut, and marked'],
  ['All transcripts', defaultBounds.total, 'octets', 'the oldest go'],
  ['Request to the control API', LARGEST_REQUEST, 'octets', '413'],
  ['Events kept', KEPT_EVENTS, '', 'the oldest go; ids show the gap'],
  ['Event streams of an account', MOST_STREAMS_OF_ACCOUNT, '', '429'],
  ['Event streams in all', MOST_STREAMS, '', '429'],
  ['Access tokens of an account', TOKENS_OF_AN_ACCOUNT, '', 'the oldest go'],
  ['Triggers of an account', MOST_TRIGGERS, '', '409'],
  ['Rows of the send history', KEPT_HISTORY_ROWS, '', 'the oldest that are final go; totals stay'],
  ['Entries of the ledger', KEPT_LEDGER_ENTRIES, '', 'the oldest go'],
  ['Browsers logged in to the control API', MOST_LOGINS, '', 'the one that called longest ago goes'],
  [
    'Wrong tokens of one address',
    MOST_WRONG_TOKENS,
    '',
    `429 until they are ${GUESS_WINDOW_MS / 1_000} seconds old; no token is looked at meanwhile`,
  ],
  [
    'Texts of mails kept behind their last delivery',
    KEPT_BODIES.messages,
    '',
    'the oldest go; also by `--keep`',
  ],
  ['All these texts', KEPT_BODIES.octets, 'octets', 'the oldest go'],
  ['Text or HTML of an email in the control API', LONGEST_PART, '', 'cut, and marked; characters'],
  ['Reason in the history', LONGEST_REASON, '', 'cut; characters'],
  ['Email that cannot be delivered', defaultChoices.giveUpMs, 'ms', '`failed`; a choice'],
  ['Email whose message the mailbox answers 4yz', defaultChoices.messageGiveUpMs, 'ms', '`failed`; a choice'],
  ['Pause between two attempts', LONGEST_RETRY_MS, 'ms', ''],
  ['Request to the embedded mailbox', LARGEST_MAILBOX_REQUEST, 'octets', '413'],
  ['Message to the embedded mailbox', LARGEST_MESSAGE, 'octets', '`552`'],
  ['Mail in the embedded mailbox', MOST_OCTETS, 'octets', 'the oldest go'],
  ['MIME parts that are read of a message', MOST_PARTS, '', 'the header section alone is read'],
  ['Boundaries that a message names', MOST_BOUNDARIES, '', 'the header section alone is read'],
  ['Reply line of a target', replyBounds.line, 'octets', 'malformed'],
  ['Reply of a target', replyBounds.reply, 'octets', 'malformed'],
  ['Unread octets of a target', replyBounds.backlog, 'octets', 'the session ends'],
  ['Record of a case', transcriptBounds.case, 'octets', 'cut, and marked'],
  ['One case', runBounds.caseMs, 'ms', '`errored`; `--case-timeout`'],
];

const BEGIN = '<!-- bounds: written by node proof/documents/bounds.ts -->';
const END = '<!-- end of bounds -->';
const page = new URL('../../docs/security.md', import.meta.url);

/** The page with the bounds as the code has them now. */
export function withBounds(text: string): string {
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin === -1 || end < begin) throw new Error('docs/security.md has lost the marks of its bounds.');
  const lines = rows.map(([what, bound, unit, beyond]) => `| ${what} | ${show(bound, unit)} | ${beyond} |`);
  const table = ['| what | bound | beyond it |', '|---|---|---|', ...lines].join('\n');
  const disk = `The database is written with \`synchronous = ${SYNCHRONOUS}\`.`;
  return `${text.slice(0, begin)}${BEGIN}\n${table}\n\n${disk}\n${text.slice(end)}`;
}

/** The page as it is. */
export function readSecurityPage(): Promise<string> {
  return readFile(page, 'utf8');
}

function show(bound: number, unit: Unit): string {
  if (unit === 'ms') return bound % 60_000 === 0 ? `${bound / 60_000} min` : `${bound / 1_000} s`;
  return `${bound.toLocaleString('en')}${unit === '' ? '' : ` ${unit}`}`;
}

if (import.meta.main) await writeFile(page, withBounds(await readSecurityPage()));
