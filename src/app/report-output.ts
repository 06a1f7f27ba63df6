import type { Settings } from './settings.ts';
import { UsageError } from './usage-error.ts';

/** Where a command talks, and where a report on `-` goes. */
export interface ReportOutput {
  readonly talk: Settings;
  readonly output: (text: string) => void;
}

/**
 * Leaves the standard output to a report on `-`, so that a program can read it: everything else goes to the error
 * output. Throws {@link UsageError} where two reports want it.
 */
export function besideReports(
  settings: Settings,
  reports: readonly { readonly kind: string; readonly path: string }[],
): ReportOutput {
  const { terminal } = settings;
  const output = (text: string): void => terminal.write(text);
  const [first, second] = reports.filter(({ path }) => path === '-');
  if (first === undefined) return { talk: settings, output };
  if (second !== undefined) {
    throw new UsageError(
      `The reports ${first.kind} and ${second.kind} both want the standard output. Give one of them a file.`,
    );
  }
  const talk = {
    ...terminal,
    write: (text: string) => terminal.writeError(text),
    isTty: false,
    colour: false,
  };
  return { talk: { ...settings, terminal: talk }, output };
}
