import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { providersCommand } from './commands/providers.ts';
import { parseModes } from './options.ts';
import { chosenProvider, providerOfRun } from './provider-option.ts';
import { providers } from './providers.ts';

const folder = await mkdtemp(join(tmpdir(), 'gauntlet-provider-'));
afterAll(() => rm(folder, { recursive: true }));
const { contract } = providers[0];

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

test('a provider that there is not is refused with the nearest name and the list', async () => {
  await expect(chosenProvider({ provider: 'emailmasivo' })).rejects.toThrow(
    `There is no provider "emailmasivo". Did you mean "emailmassivo"? Providers are ${providers.map(({ contract: { id } }) => id).join(', ')}.`,
  );
});

test('the command line says which, then the file of the target, then that of the project, then it is the first', async () => {
  const target = await file('target.yaml', `name: somebody\nprovider: ${contract.id}\n`);
  const project = await file('project.yaml', 'provider: nobody\n');
  const nobody = 'There is no provider "nobody"';
  expect(await chosenProvider({})).toBe(providers[0]);
  await expect(chosenProvider({}, project)).rejects.toThrow(nobody);
  expect(await chosenProvider({ provider: contract.id }, project)).toBe(providers[0]);
  expect(await providerOfRun({}, target, project)).toBe(providers[0]);
  await expect(providerOfRun({}, await file('silent.yaml', 'name: somebody\n'), project)).rejects.toThrow(
    nobody,
  );
});

test('a command line that contradicts the file of the target is refused', async () => {
  const target = await file('other.yaml', 'name: somebody\nprovider: nobody\n');
  await expect(providerOfRun({ provider: contract.id }, target)).rejects.toThrow(
    `describes a gateway of nobody, and --provider says ${contract.id}`,
  );
  await expect(providerOfRun({}, target)).rejects.toThrow('There is no provider "nobody"');
});

test('modes are those of the provider', () => {
  expect(parseModes([], contract)).toEqual(contract.modes.map(({ mode }) => mode));
  expect(() => parseModes(['99'], contract)).toThrow('"99" is no mode. The modes are 465+tls, 587');
  expect(() => parseModes(['587+tls'], contract, 'gauntlet.config.yaml: modes: ')).toThrow(
    /^gauntlet\.config\.yaml: modes: "587\+tls" is no mode\./,
  );
});

test('gauntlet providers lists them, as JSON too', () => {
  const printed = (json: boolean) => {
    let text = '';
    const write = (more: string) => void (text += more);
    const terminal = { write, writeError: write, isTty: false, colour: false, columns: 80 };
    expect(providersCommand({ json }, { terminal })).toBe(0);
    return text;
  };
  expect(printed(false)).toContain(`${contract.gatewayName}, `);
  expect(JSON.parse(printed(true))).toMatchObject([
    { id: contract.id, host: contract.gatewayName, modes: contract.modes.map(({ mode }) => mode) },
    ...providers.slice(1).map((each) => ({ id: each.contract.id })),
  ]);
});
