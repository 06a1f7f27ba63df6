import { button, h } from './dom.ts';

/** The command that plays a case again, with a button that copies it. */
export function copyable(again: string | undefined, group: string, mode: string): HTMLElement {
  const command = again ?? `gauntlet run ${quote(group)} --mode ${mode}`;
  const code = h('code', {}, command);
  const copy = button(
    { class: 'copy', 'aria-label': `copy: ${command}` },
    () => {
      void copyText(command, code).then((isCopied) => {
        copy.textContent = isCopied ? 'copied' : 'selected';
      });
    },
    'copy',
  );
  return h('span', { class: 'again' }, code, ' ', copy);
}

/** Copies a text; where the browser does not let a page do so, its element is selected for the reader's own hand. */
async function copyText(text: string, element: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection()?.selectAllChildren(element);
    return false;
  }
}

/** A word as a shell takes it. */
function quote(word: string): string {
  return /^[\p{L}\p{N}./_#@+-]+$/u.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
