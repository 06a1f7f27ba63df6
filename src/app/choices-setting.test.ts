import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { choiceRules } from '../sandbox/policy/emailmassivo/choice-rules.ts';
import { checkChoicesAreOurs } from './choices-options.ts';
import { readChoices } from './choices-setting.ts';
import { providers } from './providers.ts';
import { describeChecks, describeChoices } from './commands/choices.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gauntlet-choices-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(content: string): Promise<string> {
  const path = join(folder, 'choices.json');
  await writeFile(path, content);
  return path;
}

test('a flag goes over the file, the file over what is declared', async () => {
  const path = await file('{"$schema": "x", "rateLimit": 5, "loginAttempts": 3}');
  expect(await readChoices(path, ['rateLimit=7', 'sessionLimit=none', 'authUnderTlsOnly=true'])).toEqual({
    rateLimit: 7,
    loginAttempts: 3,
    sessionLimit: null,
    authUnderTlsOnly: true,
  });
});

test.each([
  [
    'a misspelt name',
    ['rateLimt=5'],
    /--choice rateLimt=5: there is no choice rateLimt\. Did you mean "rateLimit"\?/,
  ],
  ['no value', ['rateLimit'], /write it as name=value/],
  [
    'a misspelt mechanism',
    ['authMechanisms=PLAIN,LOGN'],
    /authMechanisms\.1: .*"PLAIN".*Did you mean "LOGIN"\?/,
  ],
  [
    'a misspelt word',
    ['authUnderTlsOnly=ture'],
    /ture is no number, true, false or none\. Did you mean "true"\?/,
  ],
  ['words for a number', ['rateLimit=many'], /many is no number, true, false or none/],
  ['no limit where there must be one', ['rateLimit=none'], /--choice rateLimit=none: rateLimit: /],
  ['a number out of bounds', ['loginAttempts=0'], /loginAttempts: /],
])('%s is told with its place', async (_what, flags, message) => {
  await expect(readChoices(undefined, flags)).rejects.toThrow(message);
});

test('a file that is not there, is not JSON, or is no object', async () => {
  await expect(readChoices(join(folder, 'nowhere.json'), [])).rejects.toThrow(/nowhere.json cannot be read/);
  await expect(readChoices(await file('{'), [])).rejects.toThrow(/choices.json is not JSON/);
  await expect(readChoices(await file('[]'), [])).rejects.toThrow(/choices.json: the choices: /);
});

test('each choice is listed with its value, and what was declared where that is another', () => {
  const lines = describeChoices(providers[0], { rateLimit: 5, sessionLimit: null }).trimEnd().split('\n');
  expect(lines).toHaveLength(Object.keys(choiceRules).length);
  expect(lines.find((line) => line.startsWith('rateLimit '))).toMatch(/ 5 .*declared: 100$/);
  expect(lines.find((line) => line.startsWith('sessionLimit '))).toMatch(/ none .*\)$/);
});

test('each reason to refuse is listed in its place, with its rule', () => {
  const lines = describeChecks(providers[0].sandbox.checks).split('\n');
  expect(lines).toContain('MAIL         8  rate limit reached (error.451.window)');
  expect(lines).toContain('end of data  1  size above the limit (protocol.size)');
  expect(lines.filter((line) => line.startsWith('RCPT '))).toHaveLength(9);
});

test('choices for a gateway that runs elsewhere are refused', () => {
  const typed = { choice: ['rateLimit=5'] };
  expect(() => checkChoicesAreOurs(typed, { target: 'gateway.yaml' })).toThrow(/^--choice .*--target/);
  expect(() => checkChoicesAreOurs(typed, { controlApi: 'http://127.0.0.1:1' })).toThrow(/--control-api/);
  expect(() => checkChoicesAreOurs({ choicesFile: 'c.json', choice: [] }, { target: 'x' })).toThrow(
    /^--choices-file /,
  );
  checkChoicesAreOurs(typed, {});
  checkChoicesAreOurs({ choice: [] }, { target: 'gateway.yaml' });
});
