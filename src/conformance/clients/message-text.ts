/** The text of a message as its reader sees it: the MIME library undoes charset and transfer encoding. */
import PostalMime from 'postal-mime';
import { boundMime } from '../../smtp/mime-bounds.ts';

/** The text part of a message, or why there is none to compare. */
export type MessageText =
  | { readonly kind: 'text'; readonly text: string }
  /** No part of type text/plain, or nothing that can be read as MIME: broken, or of too many parts. */
  | { readonly kind: 'no text' }
  /** A charset that is not known here; that is no fault of the client's. */
  | { readonly kind: 'unknown charset'; readonly charset: string };

/** U+FFFE is no character: it is the mark of big-endian UTF-16, read the wrong way round (RFC 2781 §3.2). */
const SWAPPED_MARK = '\uFFFE';

/** Reads the first text part; one character an octet goes in. Never rejects. */
export async function textOf(message: string): Promise<MessageText> {
  const charset = declaredCharsets(message).find((label) => !isKnown(label));
  if (charset !== undefined) return { kind: 'unknown charset', charset };
  const text = await parse(message);
  if (text === undefined) return { kind: 'no text' };
  if (!text.startsWith(SWAPPED_MARK)) return { kind: 'text', text };
  // "utf-16" leaves the order of octets to the mark, and the library takes little-endian for granted
  const bigEndian = message.replaceAll(/(charset\s{0,20}=\s{0,20}"?utf-16)(?![\w-])/gi, '$1be');
  return { kind: 'text', text: (await parse(bigEndian)) ?? text };
}

async function parse(message: string): Promise<string | undefined> {
  try {
    // a message within the message is an attachment: what it holds is not counted
    const { text } = await PostalMime.parse(boundMime(Buffer.from(message, 'latin1')), {
      maxRfc822NestingDepth: 0,
    });
    return text;
  } catch {
    return undefined;
  }
}

/** The charsets that Content-Type fields declare, of the message and of its parts. */
function declaredCharsets(message: string): readonly string[] {
  const fields = message.matchAll(/^content-type:[^\r\n]*(?:\r\n[ \t][^\r\n]*)*/gim);
  return [...fields].flatMap(
    ([field]) => /;\s{0,80}charset\s{0,20}=\s{0,20}"?([\w.:+-]{1,60})/i.exec(field)?.[1] ?? [],
  );
}

function isKnown(label: string): boolean {
  if (/^(?:us-ascii|ascii)$/i.test(label)) return true;
  try {
    return new TextDecoder(label).encoding !== '';
  } catch {
    return false;
  }
}
