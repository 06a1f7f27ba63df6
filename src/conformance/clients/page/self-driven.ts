/** The page of the check of applications that send by themselves: it asks every second how far each case is, copies settings, and ends the check. */
import type { Progress } from '../progress.ts';
import './page.css';
import './self-driven.css';

/** Milliseconds between two questions. */
const INTERVAL = 1_000;

/** Milliseconds for which a button says that it has copied. */
const SAID = 1_500;

const trouble = find('#trouble');
let timer: ReturnType<typeof setTimeout> | undefined;

async function look(): Promise<void> {
  try {
    const answer = await fetch('progress');
    if (!answer.ok) throw new Error(String(answer.status));
    // the command that serves this page wrote it from the same type
    show((await answer.json()) as Progress);
    trouble.textContent = '';
  } catch {
    trouble.textContent = 'The command that shows this page does not answer. Does it still run?';
  }
  timer = setTimeout(() => void look(), INTERVAL);
}

function show(cases: Progress): void {
  const played = cases.filter(({ sessions }) => sessions > 0);
  for (const { case: id, grade, mark, what, sessions, charged } of played) {
    const row = find(`#${CSS.escape(`case-${id}`)}`);
    const state = find('.state', row);
    state.textContent = `${mark} ${grade}`;
    state.className = `state grade ${grade.replaceAll(' ', '-')}`;
    find('.seen', row).textContent =
      `So far: ${what} ${count(sessions, 'connection')}, ${count(charged, 'send')} deducted.`;
  }
  const text = `${played.length} of ${cases.length} played`;
  const status = find('#played');
  // a screen reader says what is set, changed or not
  if (status.textContent !== text) status.textContent = text;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

async function copy(button: HTMLButtonElement, text: string): Promise<void> {
  const name = button.ariaLabel?.replace(/^\w+/, '') ?? '';
  const say = (word: string): void => {
    button.textContent = word;
    button.ariaLabel = `${word}${name}`;
  };
  try {
    await navigator.clipboard.writeText(text);
    say('Copied');
  } catch {
    say('Not copied');
  }
  setTimeout(() => say('Copy'), SAID);
}

function find(selector: string, within: ParentNode = document): HTMLElement {
  const element = within.querySelector<HTMLElement>(selector);
  if (element === null) throw new TypeError(`The page has no ${selector}.`);
  return element;
}

document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest('button') : null;
  const text = button?.dataset['copy'];
  if (button !== null && text !== undefined) void copy(button, text);
});
find('#finish').addEventListener('submit', () => {
  clearTimeout(timer);
  // a second grading would be of a check that is over
  for (const button of find('#finish').querySelectorAll('button')) button.disabled = true;
});
void look();
