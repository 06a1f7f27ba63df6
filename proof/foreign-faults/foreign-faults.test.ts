import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../src/conformance/result/run-event.ts';
import { playOn } from '../calibration/play.ts';
import type { CalibrationKind } from '../calibration/servers.ts';
import { foreignFaults } from './faults.ts';

const isCi = (process.env['CI'] ?? '') !== '';
const missing = new Map(
  await Promise.all(foreignFaults.map(async ({ id, server }) => [id, await server.missing()] as const)),
);

/** Each rule with the place at which it is broken, without modes. */
function broken(events: readonly RunEvent[]): ReadonlySet<string> {
  return new Set(
    events.flatMap((event) =>
      event.kind === 'finding'
        ? [
            `${event.finding.rule} at ${event.finding.file}:${event.finding.line}, received ${event.finding.received}`,
          ]
        : [],
    ),
  );
}

async function play(kind: CalibrationKind, scenarios: readonly string[]): Promise<ReadonlySet<string>> {
  await using server = await kind.start();
  return broken(await playOn(server, scenarios));
}

describe.each(foreignFaults.map((fault) => ({ ...fault, lacks: missing.get(fault.id) })))(
  'a real gateway that $wrong ($id)',
  ({ rule, scenarios, server, sound, lacks }) => {
    test.skipIf(lacks !== undefined && !isCi)(`is told by ${rule}`, { timeout: 180_000 }, async () => {
      // a machine without it may skip this; where the gate runs it must be there
      expect(lacks).toBeUndefined();
      const asItComes = await play(sound, scenarios);
      const wrong = await play(server, scenarios);
      const fresh = [...wrong].filter((finding) => !asItComes.has(finding));
      expect(fresh).toContainEqual(expect.stringMatching(new RegExp(`^${RegExp.escape(rule)} at `)));
    });
  },
);

test('there are a dozen, on three servers', () => {
  expect(foreignFaults.length).toBeGreaterThanOrEqual(12);
  expect(new Set(foreignFaults.map(({ server }) => server.name)).size).toBe(3);
});
