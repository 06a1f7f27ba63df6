import type { PageData } from '../page-data.ts';
import { h, prose } from './dom.ts';

/** Where a sentence stands in the page, whatever blanks and line ends are between its words; `undefined` if nowhere. */
export function findQuote(
  page: string,
  quote: string,
): { readonly start: number; readonly end: number } | undefined {
  const words = quote.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return undefined;
  const pattern = words
    .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join(String.raw`\s+`);
  const found = new RegExp(pattern).exec(page);
  return found === null ? undefined : { start: found.index, end: found.index + found[0].length };
}

/** The documented page, with the sentence marked that a rule quotes. */
export function renderDocumentation(
  { documentation, rules }: PageData,
  ruleId: string | undefined,
): HTMLElement {
  const rule = rules.find(({ id }) => id === ruleId);
  const place = rule && findQuote(documentation, rule.source);
  return h(
    'div',
    { class: 'prose' },
    rule === undefined || place === undefined
      ? h('p', {}, "The gateway's documentation. The rules whose basis is documented quote it.")
      : h(
          'p',
          {},
          "The gateway's documentation, as ",
          h('code', {}, rule.id),
          ' quotes it: ',
          ...prose(rule.statement),
        ),
    place === undefined
      ? h('pre', { class: 'documentation' }, documentation)
      : h(
          'pre',
          { class: 'documentation' },
          documentation.slice(0, place.start),
          h('mark', { tabindex: -1 }, documentation.slice(place.start, place.end)),
          documentation.slice(place.end),
        ),
  );
}
