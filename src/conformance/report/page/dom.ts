/** What an element may hold; texts are texts, whatever stands in them. */
type Child = Node | string | undefined | false;

/** Makes an element. `undefined` and `false` leave an attribute out; text is never read as HTML. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | number | boolean | undefined>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

/** A button that does something. */
export function button(
  attributes: Readonly<Record<string, string | number | boolean | undefined>>,
  act: () => void,
  ...children: readonly Child[]
): HTMLButtonElement {
  const element = h('button', { type: 'button', ...attributes }, ...children);
  element.addEventListener('click', act);
  return element;
}

/** The outcome in words. */
export function outcomeWords(outcome: string): string {
  return outcome.replaceAll('-', ' ');
}

/** `1 case`, `2 cases`. */
export function countOf(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** Milliseconds for people. */
export function showMs(ms: number): string {
  return ms < 1000 ? `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** An instant in UTC for people. */
export function showInstant(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}

/** A sentence of the contract, in which backticks make code. */
export function prose(text: string): readonly (Node | string)[] {
  return text.split('`').map((part, at) => (at % 2 === 0 ? part : h('code', {}, part)));
}
