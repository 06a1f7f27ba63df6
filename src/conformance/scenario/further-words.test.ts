import { emailmassivo } from '../../contract/emailmassivo/emailmassivo.ts';
import { describe, expect, test } from 'vitest';
import { parseScenario } from './parse-scenario.ts';
import { showScenarioError } from './scenario-error.ts';

// logins and variables of a case's own, the client's TLS, columns of the history, further accounts

function parsed(text: string) {
  const result = parseScenario(text, { id: 'one', file: 'one', contract: emailmassivo });
  if (result.kind === 'errors') throw new Error(result.errors.map(showScenarioError).join('\n'));
  return result.scenario;
}

function mistakes(text: string): readonly string[] {
  const result = parseScenario(text, { id: 'one', file: 'one', contract: emailmassivo });
  return result.kind === 'errors' ? result.errors.map(showScenarioError) : [];
}

const head = 'title: One\nabout: error.450\n';

test('logins of the case have accounts, names and passwords', () => {
  const { given } = parsed(
    `${head}given:\n  logins:\n    first: { login: Jürgen }\n    second: { of: same account, password: geheim }\n    third: another account\ndialogue: |\n  C3: <session third>\n`,
  );
  expect(given).toMatchObject({
    secondLogin: 'same account',
    thirdLogin: 'another account',
    chosen: { first: { login: 'Jürgen' }, second: { password: 'geheim' }, third: {} },
  });
});

test('a row of the history may name columns, and a list of rows may mix both forms', () => {
  const { cases } = parsed(
    `${head}given: { recipients: { to: accepts } }\ndialogue: |\n  C: <open>\nthen:\n  history: { to: [delivered, { subject: "\${to|upper}", size: 12 }] }\n`,
  );
  const [key] = cases[0]?.ending ?? [];
  const rows = key?.kind === 'history' ? key.rows.get('to') : undefined;
  expect(
    rows?.map(({ status, columns }) => [status, [...columns].map(([name, { text }]) => [name, text])]),
  ).toEqual([
    ['delivered', []],
    [
      undefined,
      [
        ['subject', '${to|upper}'],
        ['size', '12'],
      ],
    ],
  ]);
});

test('keys under another login are about its account, their tags their own', () => {
  const { cases } = parsed(
    `${head}given: { logins: { second: another account } }\ndialogue: |\n  C: <open>\nthen:\n  charged: 0\n  second:\n    charged: 1 [billing.split]\n    status: Blocked\n`,
  );
  expect(cases[0]?.ending.map(({ of, kind, rule }) => [of, kind, rule])).toEqual([
    ['first', 'charged', undefined],
    ['second', 'charged', 'billing.split'],
    ['second', 'status', undefined],
  ]);
});

test('variables of the file know those above them', () => {
  const { vars } = parsed(
    `${head}vars: { a: x, b: "\${a|upper}" }\ndialogue: |\n  C: <open>\n  C: NOOP \${b}\n`,
  );
  expect([...vars].map(([name, { text }]) => [name, text])).toEqual([
    ['a', 'x'],
    ['b', '${a|upper}'],
  ]);
});

describe('mistakes', () => {
  test.each([
    ['vars: { a: "${b}", b: x }\ndialogue: |\n  C: <open>\n', 'one:3:12: There is no variable ${b}.'],
    [
      'vars: { sender: x }\ndialogue: |\n  C: <open>\n',
      'one:3:9: ${sender} is a variable of every case already',
    ],
    [
      'dialogue: |\n  C: <open>\n  C: NOOP ${sender|uper}\n',
      'one:5:11: There is no filter "uper". Did you mean "upper"?',
    ],
    ['dialogue: |\n  C: <open with TLS 1.4>\n', 'one:4:6: There is no version "TLS 1.4".'],
    [
      'dialogue: |\n  C: <open with TLS 1.0, TLS 1.2>\n',
      'one:4:6: A client offers versions that follow each other',
    ],
    ['dialogue: |\n  C: <open with none>\n', 'one:4:6: "none" is neither a version'],
    ['dialogue: |\n  C: <open>\n  S: <TLS 9>\n', 'one:5:6: There is no version "TLS 9".'],
    ['dialogue: |\n  W: second: block\n', 'one:4:6: There is no second login'],
    [
      'given: { logins: { second: same account } }\ndialogue: |\n  W: second: mailbox down\n',
      'one:5:6: "mailbox down" belongs to no login',
    ],
    ['dialogue: |\n  W: secnd: block\n', 'one:4:6: Before the colon stands a login beside the first'],
    ['dialogue: |\n  C: <open>\nthen: { third: { charged: 1 } }\n', 'one:5:9: There is no third login'],
  ])('%s', (text, told) => {
    expect(mistakes(head + text)).toEqual([expect.stringContaining(told)]);
  });
});
