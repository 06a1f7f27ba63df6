import { replaceEnclosed } from './linear-text.ts';

const snippetOctets = 200;
const unseenStart = /<(script|title|head|style|noscript)\b/gi;
const endTags: Readonly<Record<string, RegExp>> = Object.fromEntries(
  ['script', 'title', 'head', 'style', 'noscript'].map((name) => [
    name,
    new RegExp(`</${name}\\s{0,100}>`, 'gi'),
  ]),
);
const blockEnds =
  /<\/(?:div|p|td|th|h[1-6]|ul|ol|li|blockquote|footer|header|main|nav|pre|table|thead|tfoot)><|<br ?\/?>/gi;
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** The words of an HTML body in one line; with `links`, the addresses of its links between them. */
export function stripHtml(html: string, links: 'with links' | 'words only'): string {
  const shown = withoutUnseen(replaceEnclosed(html, '<!--', '-->'))
    .replaceAll(blockEnds, (tag) => (tag.endsWith('><') ? `${tag.slice(0, -1)} <` : ' '))
    .replaceAll(/<img\b/gi, ' <img');
  const linked =
    links === 'with links'
      ? replaceEnclosed(shown, '<', '>', (tag) => {
          const address = linkIn(tag);
          return address === undefined ? tag : ` ${address} `;
        })
      : shown;
  return squeeze(decodeEntities(replaceEnclosed(linked, '<', '>')));
}

/** Octets of a tag in which a link is looked for. */
const LONGEST_TAG = 4_096;

function linkIn(tag: string): string | undefined {
  // what is opened again before it is closed begins anew
  const own = tag.slice(tag.lastIndexOf('<'), tag.lastIndexOf('<') + LONGEST_TAG);
  return /^<a\b[^>]*?href=["']?(http[^"'\s>]*)/i.exec(own)?.[1];
}

/** The markup without the elements whose content nobody sees; one that is never closed stays. */
function withoutUnseen(html: string): string {
  const parts: string[] = [];
  const unclosed = new Set<string>();
  let from = 0;
  unseenStart.lastIndex = 0;
  for (let start = unseenStart.exec(html); start !== null; start = unseenStart.exec(html)) {
    const name = (start[1] ?? '').toLowerCase();
    if (unclosed.has(name)) continue;
    const end = endTags[name];
    if (end === undefined) continue;
    end.lastIndex = unseenStart.lastIndex;
    if (end.exec(html) === null) {
      unclosed.add(name);
      continue;
    }
    parts.push(html.slice(from, start.index));
    from = end.lastIndex;
    unseenStart.lastIndex = from;
  }
  return parts.length === 0 ? html : [...parts, html.slice(from)].join('');
}

/** The beginning of a body as Mailpit's lists show it: at most 200 octets of UTF-8, the HTML body first. */
export function createSnippet(text: string, html: string): string {
  const words = html.trim() === '' ? squeeze(text) : stripHtml(html, 'words only');
  const octets = Buffer.from(words);
  if (octets.length <= snippetOctets) return words;
  return `${octets.toString('utf8', 0, lastWholeOctet(octets, snippetOctets))}...`;
}

// steps back over the continuation octets and then the lead octet: Mailpit drops the last character even if it fits
function lastWholeOctet(octets: Buffer, limit: number): number {
  let end = limit;
  while (end > 0 && (octets.at(end - 1) ?? 0) >> 6 === 0b10) end--;
  return (octets.at(end - 1) ?? 0) >> 6 === 0b11 ? end - 1 : end;
}

/** An HTML body as text in paragraphs; Mailpit's own conversion also draws headings, lists and tables. */
export function writeAsText(html: string): string {
  const paragraphs = html
    .replaceAll(/\s+/g, ' ')
    .split(/<\/(?:p|div|h[1-6]|ul|ol|table|blockquote|pre)>/i)
    .map((block) => block.split(/<br ?\/?>/i).map((line) => stripHtml(line, 'words only')))
    .map((lines) => lines.join('\n').trim());
  return paragraphs.filter((paragraph) => paragraph !== '').join('\n\n');
}

/** Text as Mailpit keeps it for its search, and as it treats what is searched for. */
export function cleanForSearch(text: string): string {
  return squeeze(text.replaceAll(/[\t\n<>",;()]/g, ' ')).toLowerCase();
}

function squeeze(text: string): string {
  return text.replaceAll('\uFEFF', ' ').replaceAll(/\s+/g, ' ').trim();
}

function decodeEntities(text: string): string {
  return text.replaceAll(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return entities[name] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
