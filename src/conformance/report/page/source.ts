import { h } from './dom.ts';

/** Where a rule comes from; each section of an RFC is a link to its text. */
export function renderRuleSource(source: string): HTMLElement {
  const parts: (Node | string)[] = [];
  let rfc: string | undefined;
  let end = 0;
  for (const match of source.matchAll(/RFC (\d+)(?: §([\d.]*\d))?|§([\d.]*\d)/g)) {
    const [words, number, first, more] = match;
    rfc = number ?? rfc;
    parts.push(source.slice(end, match.index));
    end = match.index + words.length;
    const section = first ?? more;
    const place = section === undefined ? '' : `#section-${section}`;
    const href = `https://www.rfc-editor.org/rfc/rfc${rfc ?? ''}${place}`;
    parts.push(rfc === undefined ? words : h('a', { href, target: '_blank', rel: 'noreferrer' }, words));
  }
  return h('q', {}, ...parts, source.slice(end));
}
