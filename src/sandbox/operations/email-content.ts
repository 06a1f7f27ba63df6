import PostalMime, { type Attachment } from 'postal-mime';
import type { EmailContent } from '../../control-api/email-schemas.ts';
import { headerFields } from '../../smtp/message.ts';
import { boundMime } from '../../smtp/mime-bounds.ts';

/** Characters of a text or an HTML part that are shown. */
export const LONGEST_PART = 1024 * 1024;
/** Characters of all header fields together, and attachments, that are shown. */
const LONGEST_HEADER = 256 * 1024;
const MOST_ATTACHMENTS = 1_000;

/** What a message says: its header in order, its text and HTML, its attachments by name and size. Bounded. */
export async function readContent(message: Uint8Array): Promise<EmailContent> {
  const { fields, cut: headerCut } = readHeader(message);
  const readable = boundMime(message);
  const { text, html, attachments } = await readParts(readable);
  return {
    header: fields,
    text: text?.slice(0, LONGEST_PART) ?? null,
    html: html?.slice(0, LONGEST_PART) ?? null,
    attachments: attachments.slice(0, MOST_ATTACHMENTS).map(showAttachment),
    cut:
      headerCut ||
      readable.length < message.length ||
      (text?.length ?? 0) > LONGEST_PART ||
      (html?.length ?? 0) > LONGEST_PART ||
      attachments.length > MOST_ATTACHMENTS,
  };
}

interface Parts {
  readonly text: string | undefined;
  readonly html: string | undefined;
  readonly attachments: readonly Attachment[];
}

async function readParts(message: Uint8Array): Promise<Parts> {
  try {
    const parser = new PostalMime({ forceRfc822Attachments: true, attachmentEncoding: 'arraybuffer' });
    const { text, html, attachments } = await parser.parse(message);
    return { text, html, attachments };
  } catch {
    // what the library cannot read, such as parts nested a thousand deep, has its header and its octets to show
    return { text: undefined, html: undefined, attachments: [] };
  }
}

function readHeader(message: Uint8Array): {
  readonly fields: EmailContent['header'];
  readonly cut: boolean;
} {
  const fields: { readonly name: string; readonly value: string }[] = [];
  let left = LONGEST_HEADER;
  for (const { name, value } of headerFields(message)) {
    if (left <= 0) return { fields, cut: true };
    const shown = value.slice(0, left);
    fields.push({ name, value: shown });
    left -= name.length + value.length;
  }
  return { fields, cut: left < 0 };
}

function showAttachment(attachment: Attachment): EmailContent['attachments'][number] {
  const { filename, mimeType, content, contentId } = attachment;
  return {
    name: filename ?? null,
    mediaType: mimeType,
    size: typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength,
    contentId: contentId ?? null,
  };
}
