import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { formatScenario } from './format-scenario.ts';
import { listScenarioFiles } from './load-scenarios.ts';

const suiteFolder = fileURLToPath(new URL('../../../scenarios', import.meta.url));
const { files } = await listScenarioFiles([suiteFolder], { suite: { own: suiteFolder } });
const suite = await Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')] as const));

describe('the suite', () => {
  test.each(suite)('%s has the one form already', (_file, text) => {
    expect(formatScenario(text)).toBe(text);
  });

  test.each(suite)('%s gets it back when its layout is spoilt', (_file, text) => {
    // a message is sent as it stands, so its lines are left alone
    const spoilt = text
      .replaceAll(/ {3}(\[[a-z0-9.-]+\])$/gm, ' $1')
      .replaceAll(/^( +)([CST]2?:) (?=\S)/gm, '$1$2   ')
      .replaceAll('{ ', '{')
      .replaceAll(/(?<!\$\{[a-z]*) \}/g, '}')
      .replaceAll('\n', '\r\n');
    expect(spoilt).not.toBe(text);
    expect(formatScenario(spoilt)).toBe(text);
  });
});

test('keys get their order, comments go with their keys, and the header stays on top', () => {
  const spoilt = `# the header
then: { charged: 1 }
# what is asked
about: billing.per-recipient
title: One

dialogue: |
    C: <session>

    # a comment
    C: <send to>
    C>   raw  \\r\\n
    S:  250 * [protocol.rset]
`;
  expect(formatScenario(spoilt)).toBe(`# the header
title: One
# what is asked
about: billing.per-recipient

dialogue: |
  C: <session>
  # a comment
  C: <send to>
  C>   raw  \\r\\n
  S: 250 *   [protocol.rset]
then: { charged: 1 }
`);
});

test('a message keeps every octet, blanks at its ends included', () => {
  const text =
    'title: One\nabout: error.450\nmessages:\n  m: |\n    From: <a@b.example>  \n\n     S:   250 [x]\n';
  expect(formatScenario(text)).toBe(text);
});

test('what is no YAML is left alone', () => {
  expect(formatScenario('title: a: b\n')).toBeUndefined();
});
