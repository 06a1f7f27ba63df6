import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { reportKinds } from '../conformance/report/report-kinds.ts';
import { createProgram } from './program.ts';
import { parseReports } from './report-files.ts';

const program = createProgram(
  {
    outputClosed: new AbortController().signal,
    terminal: {
      write: () => undefined,
      writeError: () => undefined,
      isTty: false,
      colour: false,
      columns: 80,
    },
    input: Readable.from([]),
    environment: {},
    searchPath: '',
    suiteFolder: '',
    version: '0',
    node: 'v24',
    interrupted: new AbortController().signal,
  },
  () => undefined,
);
const text = await readFile(new URL('../../docs/reports.md', import.meta.url), 'utf8');
const others = await Promise.all(
  [
    'README.md',
    'CONTRIBUTING.md',
    'docs/foreign-gateways.md',
    'docs/write-a-scenario.md',
    'docs/calibration.md',
    'docs/explore.md',
    'docs/check-a-client.md',
  ].map((path) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8')),
);
const commands = [...[text, ...others].join('\n').matchAll(/^npx gauntlet ([^\s#]+)([^#\n]*)/gm)].map(
  ([, name = '', words = '']) => ({
    name,
    words,
  }),
);

test('the pages show commands and options that there are', () => {
  expect(commands.length).toBeGreaterThan(10);
  for (const { name, words } of commands) {
    const known = program.commands
      .find((command) => command.name() === name)
      ?.options.map(({ long }) => long);
    for (const [option] of words.matchAll(/--[a-z-]+/g))
      expect([name, known]).toEqual([name, expect.arrayContaining([option])]);
    const reports = [...words.matchAll(/--report (\S+)/g)].map(([, report = '']) => report);
    expect(() => parseReports(reports)).not.toThrow();
  }
});

test('docs/reports.md tells what each kind of report is for', () => {
  const told = [...text.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell = '']) => cell.match(/[a-z-]+/g) ?? []);
  expect(told.toSorted()).toEqual(reportKinds.toSorted());
});
