import type { PageData } from '../page-data.ts';
import { findQuote } from './documentation.ts';
import { h } from './dom.ts';
import { nowhere, writeHash } from './view-state.ts';

/** Where a rule comes from: a sentence of the documentation or a section of an RFC is a link to its place. */
export function renderRuleSource(
  { id, source }: PageData['rules'][number],
  documentation: string,
): HTMLElement {
  if (findQuote(documentation, source) !== undefined) {
    const href = `#${writeHash({ ...nowhere, tab: 'documentation', quote: id })}`;
    return h('q', {}, h('a', { href }, source));
  }
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
