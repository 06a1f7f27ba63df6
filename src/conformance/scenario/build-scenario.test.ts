import { amazonSes } from '../../contract/amazon-ses/amazon-ses.ts';
import { emailmassivo } from '../../contract/emailmassivo/emailmassivo.ts';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { buildScenario, writeScenario, type ScenarioDefinition } from './build-scenario.ts';
import { listScenarioFiles } from './load-scenarios.ts';
import { parseScenario } from './parse-scenario.ts';

const suiteFolder = fileURLToPath(new URL('../../../scenarios', import.meta.url));
const { files } = await listScenarioFiles([suiteFolder], { suite: { own: suiteFolder } });

/** Without the places, which are those of another text. */
function placeless(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, part: unknown) => {
      if (['position', 'source', 'offset', 'file'].includes(key)) return undefined;
      return part instanceof Map ? [...part] : part;
    }),
  );
}

/** The contract under which a scenario of the suite is read; a shared one is read under any. */
const contractOf = (file: string) => (file.includes('/scenarios/amazon-ses/') ? amazonSes : emailmassivo);

test.each(files)('what %s says is built to the value that parsing it yields', async (file) => {
  const text = await readFile(file, 'utf8');
  const contract = contractOf(file);
  const parsed = parseScenario(text, { id: 'same', file: 'same', contract });
  const built = buildScenario(contract, {
    id: 'same',
    ...(parse(text) as Omit<ScenarioDefinition, 'id'>),
  });
  expect(placeless(built)).toEqual(placeless(parsed.kind === 'scenario' ? parsed.scenario : undefined));
});

test('a loop makes what no file would be written for', () => {
  const many = Array.from({ length: 1000 }, (_, at) => `${at}.\${to}`);
  const built = buildScenario(emailmassivo, {
    id: 'thousand',
    title: 'A thousand recipients',
    about: 'protocol.recipients',
    given: { balance: 1000, recipients: { to: 'accepts' } },
    dialogue: [
      'C: <session>',
      'C: MAIL FROM:<${sender}>',
      'S: 250 *',
      ...many.flatMap((address) => [`C: RCPT TO:<${address}>`, 'S: 250 *']),
    ],
    // oxlint-disable-next-line unicorn/no-thenable -- the format's word; nobody awaits a definition
    then: { charged: 0 },
  });
  expect(built.cases[0]?.dialogue).toHaveLength(2003);
});

test('every mistake is told, with its place in the text that it stands for', () => {
  const definition: ScenarioDefinition = {
    id: 'broken',
    title: 'Broken',
    about: 'error.450',
    dialogue: ['C: <sesion>', 'Q: nothing'],
  };
  expect(writeScenario(definition)).toBe(
    'title: Broken\nabout: error.450\ndialogue: |\n  C: <sesion>\n  Q: nothing\n',
  );
  expect(() => buildScenario(emailmassivo, definition)).toThrow(
    /\(built\)\/broken:4:6: There is no macro[\s\S]*:5:3: A dialogue line/,
  );
});
