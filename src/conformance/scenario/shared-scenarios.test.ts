import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Contract } from '../../contract/contract.ts';
import { emailmassivo } from '../../contract/emailmassivo/emailmassivo.ts';
import { rfcRules } from '../../contract/rfc/rules.ts';
import { loadScenarios } from './load-scenarios.ts';
import { parseScenario } from './parse-scenario.ts';
import { suiteOf } from './suite.ts';

const { shared } = suiteOf(fileURLToPath(new URL('../../../scenarios', import.meta.url)), 'nobody');
/** A provider with no word of its own: whoever takes up the rules of the standards can play what is shared. */
const plain: Contract = {
  ...emailmassivo,
  id: 'plain',
  rules: { ...rfcRules, 'mine.then': { ...rfcRules['protocol.order'], moments: ['charged'] } },
  rulesOfThen: {
    charged: 'mine.then',
    balance: 'mine.then',
    delivered: 'mine.then',
    history: 'mine.then',
    statistics: 'mine.then',
    status: 'mine.then',
    suppressed: 'mine.then',
  },
  documentedReplies: {},
  modes: [
    { mode: '2587+starttls', port: 2587, encryption: 'starttls', rule: 'protocol.order' },
    { mode: '587+starttls', port: 587, encryption: 'starttls', rule: 'protocol.order' },
    { mode: '465+tls', port: 465, encryption: 'implicit', rule: 'protocol.order' },
  ],
};

test('what is shared names rules of the standards alone, and no reply in the words of a provider', async () => {
  const { scenarios, errors } = await loadScenarios([shared], {
    suite: { shared, own: 'nowhere' },
    contract: plain,
  });
  expect(errors).toEqual([]);
  expect(scenarios.length).toBeGreaterThan(20);
  for (const { file } of scenarios) {
    const text = await readFile(file, 'utf8');
    expect([file, text.match(/^ *S\d?: \d{3} (?!\*).+$/gm)]).toEqual([file, null]);
  }
});

describe('a shared file names modes that a provider lacks', () => {
  const scenario = (modes: string) =>
    `title: one\nabout: protocol.rset\nmodes: ${modes}\ndialogue: |\n  C: <session>\n  C: RSET\n  S: 250 *\n`;
  const modesOf = (modes: string, isShared: boolean) => {
    const parsed = parseScenario(scenario(modes), { id: 'a', file: 'a', contract: plain, isShared });
    return parsed.kind === 'errors'
      ? parsed.errors.map(({ code }) => code)
      : parsed.scenario.cases.map((each) => each.modes);
  };

  test.each([
    ['[587]', [['587+starttls']]],
    ['[2587, 587]', [['2587+starttls', '587+starttls']]],
    ['[465+tls, 25]', [['465+tls']]],
    ['[587+starttls, 25+starttls]', [['587+starttls']]],
    ['[25+starttls, 465+starttls]', []],
    ['[sometimes]', ['unknown-mode']],
  ])('%s is played in %j', (modes, expected) => {
    expect(modesOf(modes, true)).toEqual(expected);
  });

  test('in a file of its own that is a mistake', () => {
    expect(modesOf('[587]', false)).toEqual(['unknown-mode']);
  });
});
