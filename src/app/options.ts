import { isIP } from 'node:net';
import { suggest } from '../conformance/scenario/suggest.ts';
import type { Contract } from '../contract/contract.ts';
import type { Mode } from '../contract/modes.ts';
import type { MailboxChoice } from '../mailbox/mailbox.ts';
import { isLoopback } from '../sandbox/control/access.ts';
import type { ControlConfiguration } from '../sandbox/control/open-control.ts';
import type { Settings } from './settings.ts';
import { UsageError } from './usage-error.ts';

/** Takes an option that may be given several times. */
export const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** Reads the names of modes, of `--mode` unless `where` says otherwise; none is all that the contract has. */
export function parseModes(texts: readonly string[], contract: Contract, where = ''): readonly Mode[] {
  const modes = contract.modes.map(({ mode }) => mode);
  if (texts.length === 0) return modes;
  const unknown = texts.find((text) => !modes.includes(text));
  if (unknown !== undefined) {
    throw new UsageError(
      `${where}"${unknown}" is no mode.${suggest(unknown, modes)} The modes are ${modes.join(', ')}.`,
    );
  }
  return modes.filter((mode) => texts.includes(mode));
}

/** Reads `--mailbox-port` into the choice; throws {@link UsageError} for a mailbox that is not started here. */
export function atMailboxPort(choice: MailboxChoice, text: string | undefined): MailboxChoice {
  if (text === undefined) return choice;
  if (choice.kind === 'url' || choice.kind === 'container') {
    throw new UsageError(
      `--mailbox-port is for a mailbox that the sandbox starts itself; the port of ${choice.kind === 'url' ? 'one at a URL stands in its URL' : "a container is its engine's choice"}.`,
    );
  }
  return { ...choice, apiPort: parsePort(text, '--mailbox-port', 0) };
}

/** Reads `--mailbox` and `--mailbox-smtp`. */
export function parseMailbox(
  mailbox: string,
  smtp: string | undefined,
  { searchPath }: Pick<Settings, 'searchPath'>,
): MailboxChoice {
  switch (mailbox) {
    case 'auto':
      return { kind: 'auto', searchPath };
    case 'program':
      return { kind: 'program', searchPath };
    case 'embedded':
      return { kind: 'embedded' };
    case 'container':
      return { kind: 'container' };
    default:
      return parseMailpitUrl(mailbox, smtp);
  }
}

/**
 * Reads where the control API listens: on its own address, or on that of the SMTP listeners. A token is demanded where
 * either can be reached by others.
 */
export function parseControl(given: {
  readonly controlPort: string;
  readonly controlHost?: string;
  readonly host?: string;
  readonly token?: string;
}): ControlConfiguration {
  const port = parsePort(given.controlPort, '--control-port', 0);
  const host = given.controlHost ?? given.host ?? '127.0.0.1';
  const open = [host, given.host ?? host].find((each) => !isLoopback(each));
  if (open !== undefined && given.token === undefined) {
    throw new UsageError(
      `On ${open} the sandbox can be reached by others: give its control API a --token (or GAUNTLET_TOKEN).`,
    );
  }
  return { host, port, ...(given.token === undefined ? {} : { token: given.token }) };
}

const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Reads a length of time, such as `30s` or `7d`, as milliseconds. */
export function parseDuration(text: string, name: string): number {
  const match = /^(\d{1,6})(ms|s|m|h|d)$/.exec(text);
  const unit = match?.[2];
  if (unit === undefined || !Object.hasOwn(units, unit)) {
    throw new UsageError(`${name} takes a length of time such as 30s, 10m, 12h or 7d, not "${text}".`);
  }
  // one of the keys, as just seen
  return Number(match?.[1]) * units[unit as keyof typeof units];
}

/** Reads names and addresses under which a sandbox is reached: what a certificate can carry and a Host can say. */
export function parseNames(texts: readonly string[]): readonly string[] {
  return texts.map((text) => {
    const name = text.replace(/^\[(.*)\]$/, '$1');
    const isName =
      /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?)*$/i;
    if (isIP(name) !== 0 || isName.test(name)) return name;
    throw new UsageError(`--name takes a host name or an address, without port or scheme, not "${text}".`);
  });
}

/** Reads a whole number of at least `least`, and of at most `most` where there is one. */
export function parseNumber(text: string, name: string, least: number, most?: number): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < least || number > (most ?? number)) {
    const range = most === undefined ? `of at least ${least}` : `from ${least} to ${most}`;
    throw new UsageError(`${name} takes a whole number ${range}, not "${text}".`);
  }
  return number;
}

/** Reads the number of a port; 0, where it may be, is any free one. */
export function parsePort(text: string, name: string, least: 0 | 1): number {
  return parseNumber(text, name, least, 65_535);
}

function parseMailpitUrl(text: string, smtp: string | undefined): MailboxChoice {
  const api = parseUrl(text);
  // 1025 is Mailpit's own default
  return { kind: 'url', api, smtp: parseAddress(smtp ?? `${new URL(api).hostname}:1025`) };
}

function parseUrl(text: string): string {
  if (!/^https?:/.test(text) || !URL.canParse(text)) {
    throw new UsageError(
      `"${text}" is no mailbox: auto, program, embedded, container, or the http address of a Mailpit.`,
    );
  }
  return text;
}

function parseAddress(text: string): { readonly host: string; readonly port: number } {
  const match = /^(\[[^\]]+\]|[^:]+):(\d+)$/.exec(text);
  if (match?.[1] === undefined) throw new UsageError(`"${text}" is no SMTP address; write host:port.`);
  return { host: match[1].replaceAll(/[[\]]/g, ''), port: parsePort(match[2] ?? '', '--mailbox-smtp', 1) };
}
