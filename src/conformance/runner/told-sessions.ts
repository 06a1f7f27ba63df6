/** The target's own transcripts, held against what went over the wire: what was said, heard and encrypted. */
import { BLANK } from '../../smtp/transcript.ts';
import type { ToldSession } from '../target/target.ts';
import type { BrokenRecord } from './case-record.ts';

/** One session as the case has it: octets, one character each. */
export interface SaidSession {
  /** The lines and messages that the client sent, in order. */
  readonly said: readonly string[];
  /** The replies that were read, in order, as on the wire. */
  readonly heard: readonly { readonly octets: string; readonly tls: boolean }[];
  /** What came behind them. */
  readonly unread: string;
  /** Whether the client heard all that there was to hear, until the goodbye. */
  readonly isWhole: boolean;
  /** The versions of TLS that were agreed on. */
  readonly tls: readonly string[];
  /** Whether the client closed its side. */
  readonly isClosed: boolean;
}

/** What of the account bears on its transcripts. */
export interface TellingAccount {
  /** Octets above which no message is kept. */
  readonly sizeLimit: number;
  /** Whether it may have sessions that the case knows nothing of: somebody who looks whether its listeners answer. */
  readonly hasOthers: boolean;
  readonly passwords: readonly string[];
}

/** What is wrong with the transcripts of an account: each session is told once, and as it was; no secret is told. */
export function checkTold(
  told: readonly ToldSession[],
  said: readonly SaidSession[],
  account: TellingAccount,
): readonly BrokenRecord[] {
  const shown = told.flatMap(({ wire }) => wire.map(({ octets }) => octets));
  if (shown.some((octets) => shows(octets, account.passwords))) {
    return [broken('secrets', 'a blank', 'a password', 'a transcript shows a password')];
  }
  if (told.some(showsCredential)) {
    return [broken('secrets', 'a blank', 'a credential', 'a transcript shows what was said for AUTH')];
  }
  const left = [...told];
  for (const session of said) {
    const found = left.findIndex((one) => whyNot(one, session, account) === undefined);
    const [nearest] = left;
    if (found !== -1) left.splice(found, 1);
    else if (nearest === undefined)
      return [wrong(`${said.length} transcripts`, String(told.length), 'a session has no transcript')];
    else {
      const why = whyNot(nearest, session, account) ?? { expected: '', received: '' };
      return [wrong(why.expected, why.received, 'a transcript does not tell what was said')];
    }
  }
  if (left.length === 0 || account.hasOthers) return [];
  return [
    wrong(`${said.length} transcripts`, String(told.length), 'a transcript tells a session that was not'),
  ];
}

/** Shorter secrets are not looked for: they would hide the session. */
const SHORTEST_SECRET = 4;

/** Whether octets hold a secret: as its octets, or in base64 of whatever begins before it, folded or not. */
function shows(octets: string, passwords: readonly string[]): boolean {
  const secrets = passwords
    .map((secret) => Buffer.from(secret).toString('latin1'))
    .filter((secret) => secret.length >= SHORTEST_SECRET);
  const holds = (text: string) => secrets.some((secret) => text.includes(secret));
  if (holds(octets)) return true;
  const runs = octets.replaceAll('\r\n', '').match(/[\w+/-]{6,}/g) ?? [];
  return runs.some((run) =>
    [0, 1, 2, 3].some((from) => holds(Buffer.from(run.slice(from), 'base64').toString('latin1'))),
  );
}

/** Whether something that could be a credential is shown, right or wrong: behind AUTH, or as the answer to a 334 (RFC 4954 §4). */
function showsCredential({ wire }: ToldSession): boolean {
  return wire.some(({ direction, octets }, at) => {
    if (direction !== 'C') return false;
    const behind = /^[ \t]*AUTH[ \t]+\S+[ \t]+(\S.*)/is.exec(octets)?.[1];
    const answer = wire[at - 1]?.octets.startsWith('334') === true ? octets : undefined;
    const credential = (behind ?? answer ?? '').trim();
    return credential.length >= SHORTEST_SECRET && !credential.includes(BLANK);
  });
}

interface Difference {
  readonly expected: string;
  readonly received: string;
}

/** How a transcript differs from a session; `undefined` where it tells it. */
function whyNot(told: ToldSession, session: SaidSession, account: TellingAccount): Difference | undefined {
  const { heard, unread, isWhole, tls, isClosed } = session;
  const server = told.wire.filter(({ direction }) => direction === 'S');
  const toldServer = server.map(({ octets }) => octets).join('');
  const heardServer = heard.map(({ octets }) => octets).join('') + (isWhole ? unread : '');
  const [short, long] = told.isCut ? [toldServer, heardServer] : [heardServer, toldServer];
  if (!long.startsWith(short) || (isWhole && !told.isCut && short !== long))
    return differ(heardServer, toldServer);
  const wrongTls = heard.find(({ tls: isTls }, at) => server[at] !== undefined && server[at].tls !== isTls);
  if (wrongTls !== undefined && server.length === heard.length) {
    return {
      expected: `${wrongTls.octets.trimEnd()} ${wrongTls.tls ? 'under TLS' : 'in clear'}`,
      received: 'not so',
    };
  }
  if (!told.isCut && tls.join() !== told.tls.join())
    return { expected: `TLS: ${tls.join() || 'none'}`, received: told.tls.join() || 'none' };
  // among others it is not known whose end was waited for
  if (isClosed && !account.hasOthers && !told.hasEnded)
    return { expected: 'the end of the session', received: 'no end' };
  return whyNotSaid(told, session, account);
}

function whyNotSaid(
  { wire, isCut }: ToldSession,
  { isWhole, said }: SaidSession,
  { sizeLimit }: TellingAccount,
): Difference | undefined {
  const client = wire.filter(({ direction }) => direction === 'C');
  for (const [at, entry] of client.entries()) {
    const line = said[at];
    // what the close has cut off is no line
    if (line === undefined && at === client.length - 1 && !entry.octets.endsWith('\r\n')) continue;
    if (
      line === undefined ||
      !(tells(entry, line, said.slice(0, at)) || (line.length > sizeLimit && line.startsWith(entry.octets)))
    )
      return { expected: show(line ?? 'nothing'), received: show(entry.octets) };
  }
  if (isWhole && !isCut && client.length < said.length)
    return { expected: show(said[client.length] ?? ''), received: 'nothing' };
  return undefined;
}

/** Octets above which a line is not kept. */
const LONGEST_LINE = 16_384;

function tells(
  { octets, size }: ToldSession['wire'][number],
  line: string,
  before: readonly string[],
): boolean {
  if (octets === line) return true;
  if (size !== undefined) return size === line.length && octets.length > 0 && line.startsWith(octets);
  if (octets === '(a line too long)\r\n') return line.length > LONGEST_LINE;
  const [first = '', ...rest] = octets.split(BLANK);
  if (rest.length === 0 || !line.startsWith(first)) return false;
  // credentials stand behind AUTH, on its line or below it
  return (
    [...before, line].some((each) => /AUTH|AUHT|LOGIN|PLAIN|PASS|APOP/i.test(each)) &&
    line.endsWith(rest.at(-1) ?? '')
  );
}

function differ(wanted: string, got: string): Difference {
  let at = 0;
  while (at < wanted.length && wanted[at] === got[at]) at += 1;
  const begin = wanted.lastIndexOf('\n', at - 1) + 1;
  return { expected: show(wanted.slice(begin)), received: show(got.slice(begin)) };
}

/** The first line of it, not too long. */
function show(octets: string): string {
  const [line = ''] = octets.split('\r\n');
  return line === '' ? 'nothing' : line.slice(0, 200);
}

function wrong(expected: string, received: string, message: string): BrokenRecord {
  return broken('transcripts', expected, received, message);
}

function broken(
  check: BrokenRecord['check'],
  expected: string,
  received: string,
  message: string,
): BrokenRecord {
  return { check, concerns: 'mails', isExplained: true, expected, received, message };
}
