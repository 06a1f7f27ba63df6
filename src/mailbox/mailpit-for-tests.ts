import { describe } from 'vitest';
import { findMailpit } from './host/find-mailpit.ts';

/** The environment's search path. */
export const searchPath = process.env['PATH'] ?? '';

const mailpit = await findMailpit(searchPath);

const isCi = (process.env['CI'] ?? '') !== '';

/** For tests: runs a suite that needs Mailpit; without it, the suite is skipped here and fails in CI. */
export function describeWithMailpit(name: string, suite: (path: string) => void): void {
  const reason = mailpit === undefined && !isCi ? ' (skipped: Mailpit is not on the search path)' : '';
  describe.skipIf(reason !== '')(`${name}${reason}`, () => {
    if (mailpit === undefined && isCi)
      throw new Error('Mailpit is not on the search path, and CI must have it');
    suite(mailpit ?? '');
  });
}
