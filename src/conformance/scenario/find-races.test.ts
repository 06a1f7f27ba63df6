import { emailmassivo } from '../../contract/emailmassivo/emailmassivo.ts';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findRaces } from './find-races.ts';
import { loadScenarios } from './load-scenarios.ts';
import { foldersOf, suiteOf } from './suite.ts';
import { parseScenario } from './parse-scenario.ts';

function racesOf(dialogue: string) {
  const lines = dialogue.split('\n').map((line) => `  ${line}`);
  const text = `title: One\nabout: error.450\ngiven:\n  recipients: { to: accepts, leaves: unsubscribes, cries: complains, gone: nonexistent }\ndialogue: |\n${lines.join('\n')}\n`;
  const parsed = parseScenario(text, { id: 'one', file: 'one', contract: emailmassivo });
  if (parsed.kind === 'errors') throw parsed.errors[0] ?? new Error('unreadable');
  return findRaces(parsed.scenario, emailmassivo).map(
    ({ position, sentence }) => `${position.line}: ${sentence}`,
  );
}

describe('what follows from a delivery is asked about before it is certain', () => {
  test.each([
    ['a reader who unsubscribes', 'C: <session>\nC: <send leaves>\nC: <send leaves>', 8],
    [
      'a reader who complains, by commands',
      'C: <session>\nC: <send cries>\nC: MAIL FROM:<${sender}>\nS: 250 *\nC: RCPT TO:<${cries}>\nS: 550 *',
      10,
    ],
    ['a role that changes', 'C: <session>\nC: <send to>\nW: to is nonexistent', 8],
    [
      'a mailbox that goes down',
      'C: <session>\nC: <envelope to>\nC: <message>\nS: 250 *\nW: mailbox down',
      10,
    ],
    ['a block by bad mailboxes', 'C: <session>\nC: <send gone> x11\nC: MAIL FROM:<${sender}>\nS: 421 *', 8],
    ['in a loop', 'C: <session>\nrepeat 3\n  C: <send leaves>\nend', 8],
  ])('%s', (_what, dialogue, line) => {
    const races = racesOf(dialogue);
    expect(races).toEqual([
      expect.stringMatching(/^\d+: This races: .* Write "W: settled" between the two\.$/),
    ]);
    expect(races[0]).toMatch(new RegExp(`^${line}:`));
  });
});

test.each([
  ['settled in between', 'C: <session>\nC: <send leaves>\nW: settled\nC: <send leaves>\nS: 550 *'],
  ['another recipient', 'C: <session>\nC: <send leaves>\nC: <send to>'],
  [
    'a message that is cut',
    'C: <session>\nC: <envelope leaves>\nC: <first half of message>\nC: <close>\nC: <session>\nC: <send leaves>',
  ],
  ['ten bad mailboxes', 'C: <session>\nC: <send gone> x10\nC: <send to>'],
  ['a mailbox that is down before', 'C: <session>\nW: mailbox down\nC: <send to>'],
])('no race: %s', (_what, dialogue) => {
  expect(racesOf(dialogue)).toEqual([]);
});

test('no scenario of the suite or of the examples races', async () => {
  const folder = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
  const suite = suiteOf(folder('scenarios'), emailmassivo.id);
  const { scenarios } = await loadScenarios([...foldersOf(suite), folder('examples')], {
    suite,
    contract: emailmassivo,
  });
  expect(scenarios.length).toBeGreaterThan(50);
  expect(
    scenarios.flatMap((scenario) =>
      findRaces(scenario, emailmassivo).map(({ position }) => `${scenario.file}:${position.line}`),
    ),
  ).toEqual([]);
});
