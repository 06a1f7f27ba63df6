import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { pinnedFindings, type PinnedFinding } from './findings.ts';
import { playOn } from './play.ts';
import { aiosmtpd, mailpit, postfix, smtpSink, type CalibrationKind } from './servers.ts';
import { isUnsteady, unsteadyFindings } from './unsteady-findings.ts';

const isCi = (process.env['CI'] ?? '') !== '';
const kinds: readonly CalibrationKind[] = [postfix, smtpSink, mailpit, aiosmtpd];
const missing = new Map(
  await Promise.all(kinds.map(async (kind) => [kind.name, await kind.missing()] as const)),
);
const page = await readFile(new URL('../../docs/calibration.md', import.meta.url), 'utf8');
const found = new Map<string, readonly PinnedFinding[]>();

describe.each(kinds.map((kind) => ({ kind, lacks: missing.get(kind.name) })))(
  'the protocol scenarios on $kind.name',
  ({ kind, lacks }) => {
    test.skipIf(lacks !== undefined && !isCi)(
      'find what is known of it and nothing else',
      { timeout: 60_000 },
      async () => {
        // a machine without it may skip this; where the gate runs it must be there
        expect(lacks).toBeUndefined();
        await using server = await kind.start();
        const findings = pinnedFindings(await playOn(server));
        found.set(kind.name, findings);
        const text = findings
          .filter((finding) => !isUnsteady(kind.name, finding))
          .map((finding) => `${finding.text}\n`)
          .join('');
        await expect(text).toMatchFileSnapshot(`expected/${kind.name}.txt`);
      },
    );

    test.skipIf(lacks !== undefined && !isCi)('each finding is justified in docs/calibration.md', () => {
      const justified = justifiedFor(kind.name);
      const steady = (found.get(kind.name) ?? []).filter((finding) => !isUnsteady(kind.name, finding));
      const needed = new Set(steady.map(({ group, rule }) => `${group} ${rule}`));
      // such a finding is justified whether it came this time or not
      for (const { server, group, rule } of unsteadyFindings) {
        if (server === kind.name) needed.add(`${group} ${rule}`);
      }
      expect([...justified].toSorted()).toEqual([...needed].toSorted());
    });
  },
);

afterAll(() => found.clear());

/** The rows under a server's heading: `scenario` and `rule` in the first two cells. */
function justifiedFor(name: string): ReadonlySet<string> {
  const section = page.split(/^## /m).find((part) => part.startsWith(name)) ?? '';
  return new Set(
    [...section.matchAll(/^\| `([^`]+)` \| `([^`]+)` \|/gm)].map(([, group, rule]) => `${group} ${rule}`),
  );
}
