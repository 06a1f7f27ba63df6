import { emailmassivo } from '../../contract/emailmassivo/emailmassivo.ts';
import { describe, expect, test } from 'vitest';
import { parseScenario } from './parse-scenario.ts';
import type { Scenario } from './scenario.ts';
import { showScenarioError } from './scenario-error.ts';
import { scenarioJsonSchema } from './schema.ts';

const name = { id: 'topic/one', file: 'scenarios/topic/one.scenario.yaml', contract: emailmassivo };

function parsed(text: string): Scenario {
  const result = parseScenario(text, name);
  if (result.kind === 'errors') throw new Error(result.errors.map(showScenarioError).join('\n'));
  return result.scenario;
}

function errors(text: string): readonly string[] {
  const result = parseScenario(text, name);
  if (result.kind === 'scenario') return [];
  return result.errors.map(
    (error) =>
      `${error.line}:${error.column} ${error.code} ${error.message.split(/\n| (?:Possible|Keys here): /)[0]}`,
  );
}

const head = 'title: One\nabout: error.450\n';
const withDialogue = (lines: string) => `${head}dialogue: |\n${lines.replaceAll(/^/gm, '  ')}\n`;

describe('a good file', () => {
  test('has its defaults filled in', () => {
    const scenario = parsed(withDialogue('C: <open>'));
    expect(scenario.given).toMatchObject({
      balance: 100,
      domain: 'verified',
      connection: 'active',
      clock: '2026-01-15T12:00:00.000Z',
    });
    expect(scenario.cases).toHaveLength(1);
    expect(scenario.cases[0]).toMatchObject({ id: 'topic/one', title: 'One', about: 'error.450' });
    expect(scenario.cases[0]?.modes).toEqual(['465+tls', '587', '587+starttls', '25', '25+starttls']);
  });

  test('may write the modes 587 and 25 as numbers', () => {
    expect(parsed(`${withDialogue('C: <open>')}modes: [587, 25+starttls]\n`).cases[0]?.modes).toEqual([
      '587',
      '25+starttls',
    ]);
  });

  test('gives each line of the dialogue its place in the file', () => {
    const scenario = parsed(withDialogue('C: <open>\n\n# why\nC: NOOP\nS: 250 *'));
    expect(scenario.cases[0]?.dialogue.map(({ position, source }) => ({ ...position, source }))).toEqual([
      { line: 4, column: 3, source: 'C: <open>' },
      { line: 7, column: 3, source: 'C: NOOP' },
      { line: 8, column: 3, source: 'S: 250 *' },
    ]);
  });

  test('gives each of its cases an id, and what a case does not say is the file’s', () => {
    const scenario = parsed(
      'title: File\nabout: error.450\nmodes: [587]\nthen: { charged: 0 }\ncases:\n' +
        '  - title: The first, of two\n    dialogue: |\n      C: <open>\n' +
        '  - title: Second\n    about: error.451\n    modes: [25]\n    then: { charged: 1 }\n    dialogue: |\n      C: <open>\n',
    );
    expect(
      scenario.cases.map(({ id, about, modes, ending, title }) => ({
        id,
        about,
        modes,
        title,
        ending: ending.length,
      })),
    ).toEqual([
      {
        id: 'topic/one#the-first-of-two',
        title: 'The first, of two',
        about: 'error.450',
        modes: ['587'],
        ending: 1,
      },
      { id: 'topic/one#second', title: 'Second', about: 'error.451', modes: ['25'], ending: 1 },
    ]);
    expect(scenario.cases[1]?.ending[0]).toMatchObject({ kind: 'charged', sends: 1 });
  });

  test('may tag the values of then', () => {
    const scenario = parsed(
      `${withDialogue('C: <open>')}given: { recipients: { to: accepts } }\nthen:\n  charged: 2   [billing.split]\n  delivered:\n    to: as sent   [delivery.envelope]\n  balance: 1\n`,
    );
    expect(scenario.cases[0]?.ending).toMatchObject([
      { kind: 'charged', sends: 2, rule: 'billing.split' },
      { kind: 'delivered', rule: 'delivery.envelope' },
      { kind: 'balance', sends: 1, rule: undefined },
    ]);
  });

  test('may filter the history', () => {
    const scenario = parsed(
      `${withDialogue('C: <open>')}given: { recipients: { to: accepts } }\nthen:\n  history(status=delivered, from=2026-01-15T12:00:00Z): { to: [delivered, delivered] }\n`,
    );
    expect(scenario.cases[0]?.ending).toMatchObject([
      { kind: 'history', filter: { status: 'delivered', from: '2026-01-15T12:00:00.000Z', to: undefined } },
    ]);
  });

  test('sends a literal block with CRLF, and a quoted message exactly as it stands', () => {
    const scenario = parsed(
      `${withDialogue('C: <open>')}messages:\n  block: |\n    From: a\n\n    b\n  raw: "a\\nb\\r\\n"\n`,
    );
    expect(scenario.messages.get('block')?.text.text).toBe('From: a\r\n\r\nb\r\n');
    expect(scenario.messages.get('raw')?.text.text).toBe('a\nb\r\n');
  });

  test('may be withdrawn, and may say what found it', () => {
    const scenario = parsed(
      `${withDialogue('C: <open>')}withdrawn: { why: the page changed, since: 2026-11-01 }\nfound: { property: balance, seed: 42, path: "0:1", date: 2026-11-01 }\n`,
    );
    expect(scenario.withdrawn).toEqual({ why: 'the page changed', since: '2026-11-01' });
    expect(scenario.found).toEqual({ property: 'balance', seed: '42', path: '0:1', date: '2026-11-01' });
  });
});

describe('a mistake is reported where it stands', () => {
  test.each([
    [
      'a misspelt key',
      `tilte: One\nabout: error.450\ndialogue: |\n  C: <open>\n`,
      ['1:1 unknown-key There is no key "tilte" here. Did you mean "title"?'],
    ],
    [
      'a misspelt key in given',
      `${withDialogue('C: <open>')}given: { balanse: 3 }\n`,
      ['5:10 unknown-key There is no key "balanse" here. Did you mean "balance"?'],
    ],
    [
      'a misspelt key in then',
      `${withDialogue('C: <open>')}then:\n  chargd: 3\n`,
      ['6:3 unknown-key There is no key "chargd" here. Did you mean "charged"?'],
    ],
    [
      'a wrong mode',
      `${withDialogue('C: <open>')}modes: [587, 465+tsl]\n`,
      [
        '5:14 unknown-mode There is no mode "465+tsl". Did you mean "465+tls"? Modes are 465+tls, 587, 587+starttls, 25, 25+starttls.',
      ],
    ],
    [
      'an unknown rule',
      `title: One\nabout: eror.450\ndialogue: |\n  C: <open>\n`,
      ['2:8 unknown-rule There is no rule "eror.450". Did you mean "error.450"?'],
    ],
    [
      'a wrong role',
      `${withDialogue('C: <open>')}given:\n  recipients: { to: acepts }\n`,
      ['6:21 unknown-word There is no role "acepts". Did you mean "accepts"?'],
    ],
    [
      'the same key twice',
      `${head}title: Two\ndialogue: |\n  C: <open>\n`,
      ['3:1 yaml This key stands here twice: keep one of the two.'],
    ],
    [
      'a folded dialogue',
      `${head}dialogue: >\n  C: <open>\n`,
      ['3:11 broken-text A dialogue is a literal block: "dialogue: |" and its lines below, indented.'],
    ],
    [
      'no dialogue at all',
      head,
      ['1:1 shape The file has neither "dialogue" nor "cases": add "dialogue: |" and its lines, indented.'],
    ],
    [
      'a title that stands twice',
      `${head}cases:\n  - title: Same\n    dialogue: |\n      C: <open>\n  - title: same!\n    dialogue: |\n      C: <open>\n`,
      [
        '7:5 duplicate-title The title "same!" makes the id "#same", as "Same" does; titles are unique in a file: give it another one.',
      ],
    ],
    [
      'an unknown name in then',
      `${withDialogue('C: <open>')}given: { recipients: { cc: accepts } }\nthen:\n  history: { c: delivered }\n`,
      ['7:14 unknown-recipient There is no recipient "c" in given.recipients. Did you mean "cc"?'],
    ],
    [
      'an unknown tag in then',
      `${withDialogue('C: <open>')}then:\n  charged: 0   [billing.splti]\n`,
      ['6:17 unknown-rule There is no rule "billing.splti". Did you mean "billing.split"?'],
    ],
    [
      'an unknown variable in a message',
      `${withDialogue('C: <open>')}messages:\n  order: |\n    To: x\n    From: \${sende}\n`,
      [
        '8:3 unknown-variable There is no variable ${sende}. Did you mean "sender"? Known here: sender, login, password.',
      ],
    ],
    [
      'an unknown variable in a message in double quotes, which may be folded',
      `${withDialogue('C: <open>')}messages:\n  order: "To: x\\r\\n\\r\\nto \${sender}\n    from \${sende}\\r\\n"\n`,
      [
        '7:10 unknown-variable There is no variable ${sende}. Did you mean "sender"? Known here: sender, login, password.',
      ],
    ],
    [
      'an unknown variable in one line with the lines of its message',
      `${withDialogue('C: <open>')}messages:\n  order: "To: x\\r\\n\\r\\n\${sende}"\n`,
      [
        '6:24 unknown-variable There is no variable ${sende}. Did you mean "sender"? Known here: sender, login, password.',
      ],
    ],
    [
      'a recipient with the name of a variable',
      `${withDialogue('C: <open>')}given: { recipients: { sender: accepts } }\n`,
      ['5:24 shape "sender" is a variable of every case and cannot be a recipient.'],
    ],
  ])('%s', (_, text, expected) => {
    expect(errors(text)).toEqual(expected);
  });

  test('all of a file at once, those of the dialogue too', () => {
    expect(errors(`${withDialogue('C: <opn>\nX: what')}givn: {}\n`)).toEqual([
      '4:6 unknown-word There is no macro <opn>. Did you mean "open"?',
      expect.stringMatching(/^5:3 broken-line A dialogue line begins with /),
      '6:1 unknown-key There is no key "givn" here. Did you mean "given"?',
    ]);
  });
});

test('the JSON Schema for editors knows the keys', () => {
  const schema = JSON.stringify(scenarioJsonSchema(emailmassivo));
  for (const key of ['title', 'send-limit', 'recipient-limit', 'delivered', 'withdrawn', 'history\\\\(']) {
    expect(schema).toContain(key);
  }
});
