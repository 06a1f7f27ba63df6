/**
 * The language that both wings speak: replies, commands, paths, messages (RFC 5321, RFC 5322). Pure; it knows no
 * gateway, no socket and no opinion.
 *
 * A reply (RFC 5321 §4.2): three digits and one or more lines of text. An enhanced status code (RFC 3463), where
 * there is one, is the first word of the text, as on the wire.
 */
export interface Reply {
  readonly code: number;
  readonly lines: readonly [string, ...string[]];
}

/**
 * Reads `450 Balance not enough`, the form in which the documentation and the contract write replies; of several lines,
 * joined by a line feed, all but the last have `-` behind the same code.
 */
export function replyFrom(text: string): Reply {
  const known = read.get(text);
  if (known !== undefined) return known;
  const reply = readReplyText(text);
  // most are of the few that the contract knows; those of a trigger or a challenge are anybody's
  if (read.size < REPLIES_KEPT) read.set(text, reply);
  return reply;
}

const REPLIES_KEPT = 200;
const read = new Map<string, Reply>();

function readReplyText(text: string): Reply {
  const [last = '', ...before] = text.split('\n').toReversed();
  const code = last.slice(0, 3);
  if (!/^\d{3} /.test(last) || !before.every((line) => line.startsWith(`${code}-`))) {
    throw new TypeError(`"${text}" is no reply: three digits, a space and a text are needed.`);
  }
  const [first = '', ...others] = [...before.toReversed(), last].map((line) => line.slice(4));
  return { code: Number(code), lines: [first, ...others] };
}

/** The reply on the wire, its last CRLF included; every line but the last has `-` behind the code (§4.2.1). */
export function formatReply(reply: Reply): string {
  const known = formatted.get(reply);
  if (known !== undefined) return known;
  const last = reply.lines.length - 1;
  const text = reply.lines.map((line, at) => `${reply.code}${at < last ? '-' : ' '}${line}\r\n`).join('');
  formatted.set(reply, text);
  return text;
}

/** A gateway says the same few replies again and again. */
const formatted = new WeakMap<Reply, string>();

/** The reply as a person writes it: without the last CRLF, several lines joined by a line feed. */
export function showReply(reply: Reply): string {
  return formatReply(reply).slice(0, -2).replaceAll('\r\n', '\n');
}

/** The class of a reply: 2 for done, 3 for go on, 4 for not now, 5 for no (§4.2.1). */
export function replyClass({ code }: Pick<Reply, 'code'>): number {
  return Math.floor(code / 100);
}

/** The enhanced status code (RFC 3463 §2) that the text begins with, if it does. */
export function enhancedStatusCode(reply: Reply): string | undefined {
  return /^[245]\.\d{1,3}\.\d{1,3}(?= |$)/.exec(reply.lines[0])?.[0];
}
