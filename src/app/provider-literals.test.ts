import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { prescribedReplies, ruleIdsOf } from '../contract/contract.ts';
import { providers } from './providers.ts';

const source = fileURLToPath(new URL('..', import.meta.url));
const contracts = providers.map(({ contract }) => contract);
const names = contracts.map(({ id }) => id);
const ids = new Set(contracts.flatMap(ruleIdsOf));
const isReply = (text: string) => contracts.some((contract) => prescribedReplies(contract).has(text));
// 25 is SMTP's own port, and many another number
const ports = new Set(
  contracts.flatMap(({ modes }) => modes.map(({ port }) => String(port))).filter((port) => port !== '25'),
);

/** The facts of providers in a text: each quoted rule id, quoted reply, name of a provider, and port. */
function factsIn(text: string): readonly string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g, '');
  const quoted = [...code.matchAll(/'((?:[^'\\\n]|\\.)*)'|`([^`$\n]*)`/g)].map(
    ([, one, other]) => one ?? other ?? '',
  );
  return [
    ...quoted.filter((each) => ids.has(each) || isReply(each) || names.some((name) => each.includes(name))),
    ...[...code.matchAll(/(?<![\w.'#-])\d{2,4}(?![\w.'-])/g)]
      .map(([number]) => number)
      .filter((each) => ports.has(each)),
  ];
}

/** Where the facts of a provider belong; where providers are registered, exported, and one is the default; and what tests anything. */
const isOwn = (file: string) =>
  file.startsWith('contract/') ||
  names.some((name) => new RegExp(`^(?:sandbox/policy|conformance/property)/${name}/`).test(file)) ||
  ['app/providers.ts', 'index.ts', 'sandbox/default-provider.ts'].includes(file) ||
  /\.test\.ts$|-fixture\.ts$|-for-tests\.ts$|-behaviour\.ts$/.test(file);

test('rooms that serve any provider know nothing of one', async () => {
  const entries = await readdir(source, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(source, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !isOwn(file));
  const found = await Promise.all(
    files.map(async (file) =>
      factsIn(await readFile(join(source, file), 'utf8')).map((fact) => `${file}: ${fact}`),
    ),
  );
  expect(found.flat()).toEqual([]);
});

test('what counts', () => {
  expect(factsIn("refuse('error.450')")).toEqual(['error.450']);
  expect(factsIn("reply: '450 Balance not enough'")).toEqual(['450 Balance not enough']);
  expect(factsIn("import { a } from '../contract/emailmassivo/a.ts';")).toHaveLength(1);
  expect(factsIn('const ports = [587, 2465];')).toEqual(['587', '2465']);
  expect(factsIn("const name = 'amazon-ses';")).toEqual(['amazon-ses']);
  expect(factsIn("// 'error.450'\n/* 587 */ const text = '250 Ok';")).toEqual([]);
});
