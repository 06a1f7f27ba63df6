import { decodeWords } from 'postal-mime';
import { readAddresses, type JsonAddress } from './address-list.ts';
import {
  firstValue,
  readHeaderSection,
  repairFieldNames,
  textOf,
  type HeaderField,
} from './header-section.ts';
import { trimCharacters } from './linear-text.ts';
import { listPartsByBreadth, listPartsByDepth, readMimeTree, type MimePart } from './mime-tree.ts';
import { writeAsText } from './plain-words.ts';

/** A message sorted the way Mailpit sorts it. */
export interface ParsedMessage {
  readonly fields: readonly HeaderField[];
  readonly from: JsonAddress;
  readonly to: readonly JsonAddress[];
  readonly cc: readonly JsonAddress[];
  readonly bcc: readonly JsonAddress[];
  readonly replyTo: readonly JsonAddress[];
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly MimePart[];
  readonly inlines: readonly MimePart[];
  readonly otherParts: readonly MimePart[];
}

/** Sorts a stored message; undefined for one that Mailpit takes with 250 and then does not store. */
export async function parseMessage(message: Buffer): Promise<ParsedMessage | undefined> {
  const root = await readMimeTree(message);
  if (root === undefined) return undefined;
  const fields = repairFieldNames(readHeaderSection(message) ?? []);
  if (!listPartsByBreadth(root).every((part) => hasReadableType(part))) return undefined;
  const isMultipart = root.contentType.startsWith('multipart/');
  if (isMultipart && !root.hasBoundary) return undefined;
  const addresses = (name: string): readonly JsonAddress[] => readAddresses(firstValue(fields, name));
  const { text, ...parts } = isMultipart ? sortParts(root) : sortSinglePart(root);
  return {
    fields,
    from: addresses('From')[0] ?? { Name: readHeader(fields, 'From'), Address: '' },
    to: addresses('To'),
    cc: addresses('Cc'),
    bcc: addresses('Bcc'),
    replyTo: addresses('Reply-To'),
    ...parts,
    text: text === '' ? writeAsText(parts.html) : text,
  };
}

/** The first field of that name as text, encoded words decoded. */
export function readHeader(fields: readonly HeaderField[], name: string): string {
  return decodeWords(textOf(firstValue(fields, name)));
}

/** An id without its angle brackets. */
export function readIdHeader(fields: readonly HeaderField[], name: string): string {
  return trimCharacters(readHeader(fields, name), '<>');
}

type SortedParts = Pick<ParsedMessage, 'text' | 'html' | 'attachments' | 'inlines' | 'otherParts'>;

function sortSinglePart(root: MimePart): SortedParts {
  const none = { text: '', html: '', attachments: [], inlines: [], otherParts: [] };
  const isText =
    root.contentType === '' || root.contentType === 'text/plain' || root.contentType === 'text/html';
  if (!isText || root.disposition === 'attachment') {
    return root.disposition === 'inline' ? { ...none, inlines: [root] } : { ...none, attachments: [root] };
  }
  const text = decodeText(root);
  return root.contentType === 'text/html' ? { ...none, html: text } : { ...none, text };
}

function sortParts(root: MimePart): SortedParts {
  const byBreadth = listPartsByBreadth(root);
  const byDepth = listPartsByDepth(root);
  const isBody = (part: MimePart, type: string): boolean =>
    part.contentType === type && part.disposition !== 'attachment';
  const texts = (root.contentType === 'multipart/alternative' ? byBreadth : byDepth).filter((part) =>
    isBody(part, 'text/plain'),
  );
  const html = byDepth.find((part) => isBody(part, 'text/html'));
  const isMultipart = (part: MimePart): boolean => part.contentType.startsWith('multipart/');
  const isBinary = (part: MimePart): boolean => part.contentType === 'application/octet-stream';
  return {
    text: (root.contentType === 'multipart/alternative' ? texts.slice(0, 1) : texts)
      .map((part) => decodeText(part))
      .join('\n--\n'),
    html: html === undefined ? '' : decodeText(html),
    attachments: byBreadth.filter((part) => part.disposition === 'attachment' || isBinary(part)),
    inlines: byBreadth.filter((part) => part.disposition === 'inline' && !isMultipart(part)),
    otherParts: byBreadth.filter(
      (part) =>
        part.disposition === '' &&
        !isMultipart(part) &&
        !isBinary(part) &&
        part.contentType !== 'text/plain' &&
        part.contentType !== 'text/html',
    ),
  };
}

function decodeText(part: MimePart): string {
  try {
    return new TextDecoder(part.charset === '' ? 'utf-8' : part.charset).decode(part.content);
  } catch {
    // an unknown charset: Mailpit shows the octets as they are
    return part.content.toString('utf8');
  }
}

const token = "[!#$%&'*+\\-.^_`|~\\w]+";
const readableType = new RegExp(`^${token}(?:/${token})?$`);

/** Mailpit repairs many odd media types, and drops the whole message for the others. */
function hasReadableType(part: MimePart): boolean {
  const [type = ''] = part.contentTypeValue.split(';');
  const repaired = type.trim().split('/').slice(0, 2).join('/');
  return repaired === '' || repaired.includes('=') || repaired.endsWith('/') || readableType.test(repaired);
}
