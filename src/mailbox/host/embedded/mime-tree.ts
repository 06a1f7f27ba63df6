import PostalMime, { decodeWords } from 'postal-mime';
import { boundMime } from '../../../smtp/mime-bounds.ts';
import { trimEndCharacters } from './linear-text.ts';

/** A part of a message in Mailpit's terms. */
export interface MimePart {
  /** Mailpit's number for it: `0` for the message, `1`, `2`, then `1.1`; a multipart inside is `1.0`. */
  readonly partId: string;
  /** Lower case, without parameters; empty for an inner part that names none. */
  readonly contentType: string;
  readonly contentTypeValue: string;
  readonly disposition: string;
  readonly dispositionHasParameters: boolean;
  readonly fileName: string;
  readonly contentId: string;
  readonly charset: string;
  /** Whether a multipart names its boundary. */
  readonly hasBoundary: boolean;
  /** Decoded from its transfer encoding; line endings are CRLF again, except in what came as base64. */
  readonly content: Buffer;
  readonly children: readonly MimePart[];
}

/**
 * The tree of a message's parts; undefined if postal-mime gives up (nested too deep, header section too large). A message
 * of more parts than the bounds allow has none.
 */
export async function readMimeTree(message: Buffer): Promise<MimePart | undefined> {
  const parser = new PostalMime({ forceRfc822Attachments: true });
  try {
    await parser.parse(boundMime(message));
  } catch {
    return undefined;
  }
  // postal-mime's result is flat, and Mailpit's part numbers come from the tree; it keeps the tree in a field that
  // its types hide. The version is pinned, and the comparison with the real Mailpit would show a change.
  const root: unknown = Reflect.get(parser, 'root');
  return isNode(root) ? describePart(root, '0', true) : undefined;
}

/** All parts, those nearer to the top first. */
export function listPartsByBreadth(root: MimePart): readonly MimePart[] {
  const parts = [root];
  // grows while it is walked
  for (const part of parts) parts.push(...part.children);
  return parts;
}

/** All parts in the order of the message. */
export function listPartsByDepth(root: MimePart): readonly MimePart[] {
  return [root, ...root.children.flatMap((child) => listPartsByDepth(child))];
}

interface StructuredValue {
  readonly value: string;
  readonly parsed: { readonly value: string; readonly params: Readonly<Record<string, string>> };
}

interface Node {
  readonly childNodes: readonly Node[];
  readonly contentType: StructuredValue & { readonly multipart: string | false };
  readonly contentDisposition: StructuredValue;
  readonly contentTransferEncoding: { readonly encoding: string; readonly value: string };
  readonly contentId?: string;
  readonly content: ArrayBuffer | null;
  readonly headers: readonly { readonly key: string }[];
}

function isNode(value: unknown): value is Node {
  return (
    typeof value === 'object' &&
    value !== null &&
    'childNodes' in value &&
    Array.isArray(value.childNodes) &&
    value.childNodes.every((child) => isNode(child)) &&
    'contentType' in value &&
    'contentDisposition' in value &&
    'contentTransferEncoding' in value &&
    'content' in value &&
    'headers' in value
  );
}

function describePart(node: Node, partId: string, isRoot: boolean): MimePart {
  const named = node.headers.some((header) => header.key === 'content-type');
  const params = node.contentType.parsed.params;
  const isMultipart = node.contentType.multipart !== false;
  return {
    partId: isMultipart && !isRoot ? `${partId}.0` : partId,
    contentType: named || isRoot ? node.contentType.parsed.value : '',
    contentTypeValue: named ? node.contentType.value : '',
    disposition: node.contentDisposition.parsed.value,
    dispositionHasParameters: Object.keys(node.contentDisposition.parsed.params).length > 0,
    fileName: decodeWords(fileNameOf(node)),
    contentId: trimEndCharacters((node.contentId ?? '').replace(/^<+/, ''), '>'),
    // a message that names no type is plain ASCII (RFC 2045 §5.2); an inner part gets no such help from Mailpit
    charset: named || !isRoot ? (params['charset'] ?? '') : 'us-ascii',
    hasBoundary: (params['boundary'] ?? '') !== '',
    content: isMultipart ? Buffer.alloc(0) : contentOf(node, isRoot),
    children: node.childNodes.map((child, index) =>
      describePart(child, isRoot ? String(index + 1) : `${partId}.${index + 1}`, false),
    ),
  };
}

function fileNameOf(node: Node): string {
  const params = node.contentType.parsed.params;
  return node.contentDisposition.parsed.params['filename'] ?? params['name'] ?? params['file'] ?? '';
}

function contentOf(node: Node, isRoot: boolean): Buffer {
  const content = Buffer.from(node.content ?? new ArrayBuffer(0));
  if (/base64/i.test(node.contentTransferEncoding.value)) return content;
  // postal-mime gives lines with LF, so a bare LF becomes CRLF here and not in Mailpit; the line ending before a boundary belongs to the boundary
  const text = content.toString('latin1').replaceAll('\n', '\r\n');
  return Buffer.from(isRoot ? text : text.replace(/\r\n$/, ''), 'latin1');
}
