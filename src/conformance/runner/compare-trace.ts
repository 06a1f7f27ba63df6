/**
 * The gateway's own `Received` (RFC 5321 §4.4), held against what was said on the wire: how the message was taken, and when
 * (rule `delivery.trace`).
 */
import { headerFields } from '../../smtp/message.ts';

/** How and when a message was taken. */
export interface Trace {
  /** The keyword behind `with` (RFC 3848, RFC 6531 §4.3). */
  readonly transmissionType: string;
  /** Milliseconds of the account's clock. */
  readonly at: number;
  /** Who said hello, where that is known. */
  readonly helloName?: string | undefined;
}

/** What a session was when it handed a message in. */
export interface TakenFacts {
  readonly tls: boolean;
  readonly loggedIn: boolean;
  readonly smtpUtf8: boolean;
}

/** The keyword for a message that came by EHLO: `ESMTP` or `UTF8SMTP`, `S` under TLS, `A` after a login. */
export function transmissionTypeOf({ tls, loggedIn, smtpUtf8 }: TakenFacts): string {
  return `${smtpUtf8 ? 'UTF8SMTP' : 'ESMTP'}${tls ? 'S' : ''}${loggedIn ? 'A' : ''}`;
}

/** A date of RFC 5322 §3.3 at the end of a field. */
const DATE = /;\s*([^;]{10,60})$/;

/** The `Received` directly above the gateway's `X-Gauntlet-Email`; `undefined` where a copy has none that can be read. */
export function traceOf(copy: Uint8Array): Trace | undefined {
  const fields = headerFields(copy);
  const own = fields.findIndex(({ name }) => name.toLowerCase() === 'x-gauntlet-email');
  const received = own > 0 ? fields[own - 1] : undefined;
  if (received?.name.toLowerCase() !== 'received') return undefined;
  const transmissionType = /\swith\s+(\S{1,20})/i.exec(received.value)?.[1];
  const at = Date.parse(DATE.exec(received.value)?.[1] ?? '');
  const helloName = /^from\s+(\S{1,300})/i.exec(received.value)?.[1];
  return transmissionType === undefined || Number.isNaN(at) ? undefined : { transmissionType, at, helloName };
}

/** A hello that is a domain in ASCII, and so has its place behind `from` (RFC 5321 §4.4). */
const DOMAIN = /^(?=.{1,253}$)[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*$/i;

/** The account's clock goes on while a reply is on its way, and a date has whole seconds. Milliseconds. */
const TOLERANCE_MS = 60_000;

/** What is wrong with the trace of a copy whose message was taken in one of these ways; `undefined` where nothing is. */
export function compareTrace(
  name: string,
  taken: readonly Trace[],
  copy: Uint8Array,
): { readonly check: 'trace'; readonly expected: string; readonly received: string } | undefined {
  const told = traceOf(copy);
  if (told === undefined || taken.length === 0) return undefined;
  const types = [...new Set(taken.map(({ transmissionType }) => transmissionType))];
  const wrong = (expected: string, received: string) =>
    ({ check: 'trace', expected: `${name}: ${expected}`, received }) as const;
  if (!types.includes(told.transmissionType)) {
    return wrong(`a Received with ${types.join(' or ')}`, `its Received is with ${told.transmissionType}`);
  }
  const names = taken.map(({ helloName = '' }) => helloName);
  if (
    told.helloName !== undefined &&
    names.every((each) => DOMAIN.test(each)) &&
    !names.includes(told.helloName)
  )
    return wrong(`a Received from ${names.join(' or ')}`, `its Received is from ${told.helloName}`);
  if (taken.some(({ at }) => Math.abs(at - told.at) <= TOLERANCE_MS)) return undefined;
  const times = taken.map(({ at }) => new Date(at).toISOString());
  return wrong(
    `a Received of ${times.join(' or ')}`,
    `its Received is of ${new Date(told.at).toISOString()}`,
  );
}
