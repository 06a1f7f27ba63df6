import type { Session as Transcript } from '../../control-api/history-schemas.ts';
import type { Facts } from './facts.ts';
import { gatherFacts } from './gather-facts.ts';
import type { Told } from './told.ts';

/** A session as a test writes it: milliseconds since the case began, who, what. */
export type Line = readonly [at: number, who: 'C' | 'S', octets: string];

/** A session as a test writes it. */
interface Written {
  readonly lines: readonly Line[];
  readonly closed?: number;
  /** What the gateway still says to a client that has left. */
  readonly after?: readonly Line[];
  readonly isCut?: boolean;
}

const ORIGIN = Date.parse('2026-01-15T12:00:00.000Z');

/** Facts of one mail, out of sessions in short hand; `closed` is when a session ended. */
export function factsOf(
  sessions: readonly Written[],
  given: Partial<
    Pick<
      Facts,
      | 'patience'
      | 'profile'
      | 'recipients'
      | 'tls'
      | 'text'
      | 'charged'
      | 'takes'
      | 'tokenRequests'
      | 'secures'
    >
  > & {
    readonly hidden?: readonly string[];
    readonly count?: number;
    readonly told?: Told;
    readonly knownNames?: readonly string[];
  } = {},
): Facts {
  const { told = { kind: 'exit', exitCode: 1, output: '' } } = given;
  return gatherFacts({
    origin: ORIGIN,
    transcripts: sessions.map((session, index) => transcriptOf(session, index)),
    mails: [{ began: ORIGIN, ended: told.kind === 'running' ? undefined : ORIGIN + 1_000_000, told }],
    charged: given.charged ?? 0,
    recipients: given.recipients ?? ['first@a.example'],
    tls: given.tls ?? 'none',
    text: given.text ?? '',
    mail: {
      from: 'a@a.example',
      fromName: 'Shop',
      subject: 'Hello',
      hidden: given.hidden ?? [],
      count: given.count ?? 1,
    },
    takes: given.takes,
    secures: given.secures,
    tokenRequests: given.tokenRequests ?? [],
    patience: given.patience ?? 20_000,
    second: 1_000,
    profile: given.profile ?? 'call',
    knownNames: given.knownNames ?? ['gateway.test'],
    knownLibrary: undefined,
  });
}

function transcriptOf({ lines, closed, after = [], isCut = false }: Written, index: number): Transcript {
  const began = lines[0]?.[0] ?? 0;
  const wire = ([at, direction, octets]: Line) => ({
    kind: 'wire' as const,
    t: at - began,
    direction,
    tls: false,
    octets: `${octets}\r\n`,
  });
  return {
    id: `s${index}`,
    port: 587,
    startedAt: new Date(ORIGIN + began).toISOString(),
    clientAddress: '127.0.0.1',
    account: 'a',
    truncated: isCut,
    entries: [
      ...lines.map(wire),
      ...(closed === undefined ? [] : [{ kind: 'closed' as const, t: closed - began }]),
      ...after.map(wire),
    ],
  };
}

/** A whole transaction with one message that ends at `at`; without a reply where the session was cut. */
export function sends(at: number, messageId: string, reply: '250 Ok' | undefined): readonly Line[] {
  return [
    [at, 'S', '220 gateway'],
    [at, 'C', 'MAIL FROM:<a@a.example>'],
    [at, 'S', '250 Ok'],
    [at, 'C', 'RCPT TO:<first@a.example>'],
    [at, 'S', '250 Ok'],
    [at, 'C', 'DATA'],
    [at, 'S', '354 Go on'],
    [at, 'C', `Message-ID: ${messageId}\r\n\r\nhello`],
    ...(reply === undefined ? [] : ([[at, 'S', reply]] as const)),
  ];
}
