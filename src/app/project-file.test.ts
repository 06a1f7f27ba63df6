import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readProjectFile } from './project-file.ts';

const folder = await mkdtemp(join(tmpdir(), 'gauntlet-config-'));
afterAll(() => rm(folder, { recursive: true }));
let count = 0;

/** Reads the settings of a folder that holds these files. */
async function read(files: Readonly<Record<string, string>>, named?: string) {
  const own = join(folder, String((count += 1)));
  await mkdir(own);
  for (const [name, text] of Object.entries(files)) await writeFile(join(own, name), text);
  const { settings } = await readProjectFile(named === undefined ? undefined : join(own, named), own);
  return JSON.parse(JSON.stringify(settings).replaceAll(`${own}/`, '')) as unknown;
}

const yaml =
  'paths: [mine]\nmodes: [587]\nreports: [html=a.html]\ntarget: t.yaml\nchoices: { rateLimit: 5 }\n';
const module = `export default { paths: ['mine'], modes: ['587'], reports: ['html=a.html'], target: 't.yaml', choices: { rateLimit: 5 } };`;
const settings = {
  paths: ['mine'],
  modes: ['587'],
  reports: ['html=a.html'],
  target: 't.yaml',
  choices: { rateLimit: 5 },
};

test.each([
  [
    'gauntlet.config.ts',
    `interface A { readonly paths: readonly string[] }\n${module.replace(';', ' satisfies A;')}`,
  ],
  ['gauntlet.config.mts', module],
  ['gauntlet.config.mjs', module],
  ['gauntlet.config.yaml', yaml],
  ['gauntlet.config.yml', yaml],
])('%s is found by its name', async (name, text) => {
  expect(await read({ [name]: text })).toEqual(settings);
});

test('a file may be named, and comes before the one that would be found', async () => {
  const files = { 'ours.yaml': 'paths: [ours]\n', 'gauntlet.config.yaml': yaml };
  expect(await read(files, 'ours.yaml')).toEqual({ paths: ['ours'] });
});

test.each([[{}], [{ 'gauntlet.config.yaml': '' }], [{ 'other.yaml': yaml }]])(
  'without settings there are none: %j',
  async (files) => {
    expect(await read(files)).toEqual({});
  },
);

test.each([
  ['gauntlet.config.yaml', 'mode: [587]\n', 'there is no setting "mode". Did you mean "modes"?'],
  ['gauntlet.config.yaml', 'modes: [true]\n', 'gauntlet.config.yaml: modes.0: '],
  ['gauntlet.config.yaml', 'provder: amazon\n', 'there is no setting "provder". Did you mean "provider"?'],
  [
    'gauntlet.config.yaml',
    'choices: { rateLimt: 5 }\n',
    'choices: there is no setting "rateLimt". Did you mean "rateLimit"?',
  ],
  ['gauntlet.config.yaml', 'choices: { rateLimit: lots }\n', 'choices.rateLimit: '],
  ['gauntlet.config.yaml', 'paths: [\n', 'gauntlet.config.yaml:2:1: This is not YAML'],
  ['gauntlet.config.yaml', '- a\n', 'the settings: '],
  ['gauntlet.config.mjs', 'export const a = 1;\n', 'exports no settings: write'],
  ['gauntlet.config.mjs', 'throw new Error("no key");\n', 'gauntlet.config.mjs cannot be loaded: no key.'],
  ['gauntlet.config.ts', 'export default { paths: [\n', 'cannot be loaded'],
])('%s with %j is refused with a sentence', async (name, text, sentence) => {
  await expect(read({ [name]: text })).rejects.toMatchObject({
    name: 'UsageError',
    message: expect.stringContaining(sentence),
  });
});

test('a file that was named must be there', async () => {
  await expect(read({}, 'nowhere.yaml')).rejects.toThrow(/nowhere\.yaml cannot be read/);
});
