const snippetOctets = 200;
const unseenElements = /<(script|title|head|style|noscript)\b[^>]*>[\s\S]*?<\/\1\s*>/gi;
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
  const shown = html
    .replaceAll(/<!--[\s\S]*?-->/g, '')
    .replaceAll(unseenElements, '')
    .replaceAll(blockEnds, (tag) => (tag.endsWith('><') ? `${tag.slice(0, -1)} <` : ' '))
    .replaceAll(/<img\b/gi, ' <img');
  const linked =
    links === 'with links'
      ? shown.replaceAll(
          /<a\b[^>]*?href=["']?(http[^"'\s>]*)[^>]*>/gi,
          (_, address: string) => ` ${address} `,
        )
      : shown;
  return squeeze(decodeEntities(linked.replaceAll(/<[^>]*>/g, '')));
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
