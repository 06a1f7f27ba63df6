/** How the card behaves: cells open their case, and are walked through by keyboard. */
import './page.css';

/** Cells of a row of the table: the two axes, where the page does not say another number. */
const columns = Number(document.querySelector('table')?.dataset['columns'] ?? 2);

const cells = [...document.querySelectorAll<HTMLButtonElement>('button.cell')];
for (const [index, cell] of cells.entries()) {
  cell.addEventListener('click', () => openCase(cell));
  cell.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    const next = step === undefined ? undefined : cells[index + step];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  });
}

// a form would close it too, but not in a frame that may send no forms
for (const close of document.querySelectorAll('dialog .close')) {
  close.addEventListener('click', () => close.closest('dialog')?.close());
}

function openCase(cell: HTMLButtonElement): void {
  const dialog = document.querySelector<HTMLDialogElement>(`#${CSS.escape(`case-${cell.dataset['open']}`)}`);
  if (dialog === null) return;
  dialog.showModal();
  dialog.querySelector('.earned')?.scrollIntoView({ block: 'center' });
  dialog.addEventListener('close', () => cell.focus(), { once: true });
}
