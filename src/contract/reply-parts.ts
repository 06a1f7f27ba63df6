/**
 * Replies with parts that vary: `250 Ok ${message-id}`. A part stands for one character or more; a reply without parts stands for
 * itself alone.
 */
const PART = /\$\{([a-z][a-z-]*)\}/g;

const patterns = new Map<string, RegExp>();

/** Whether a reply is the one that is written with parts, whole and to the byte. */
export function isReplyOf(written: string, reply: string): boolean {
  if (written === reply) return true;
  if (!written.includes('${')) return false;
  const known = patterns.get(written);
  if (known !== undefined) return known.test(reply);
  const fixed = written.split(PART).filter((_text, at) => at % 2 === 0);
  const pattern = new RegExp(`^${fixed.map(escapeText).join('[^\\r\\n]+?')}$`);
  // there are as many as contracts have replies
  patterns.set(written, pattern);
  return pattern.test(reply);
}

/** A reply with its parts filled in; a part without a value stands as its name. */
export function fillReply(written: string, parts: Readonly<Record<string, string>> = {}): string {
  return written.replaceAll(PART, (_whole, name: string) => parts[name] ?? name);
}

function escapeText(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}
