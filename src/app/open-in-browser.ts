import open from 'open';
import type { Settings } from './settings.ts';

/** Shows a file or an address in the reader's browser; where that cannot be, says so and lets the run be. */
export async function openInBrowser(path: string, { terminal }: Pick<Settings, 'terminal'>): Promise<void> {
  try {
    const browser = await open(path);
    browser.on('error', (fault) => terminal.writeError(couldNot(path, fault)));
  } catch (fault) {
    terminal.writeError(couldNot(path, fault));
  }
}

function couldNot(path: string, fault: unknown): string {
  const why = fault instanceof Error ? fault.message : String(fault);
  return `gauntlet: ${path} could not be opened in a browser: ${why}.\n`;
}
