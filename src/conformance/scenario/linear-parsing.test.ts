import { emailmassivo } from '../../contract/emailmassivo/emailmassivo.ts';
import { expect, test } from 'vitest';
import { readDialogue } from './read-dialogue.ts';
import { fillTemplate, readTemplate } from './template.ts';

// Each of these took seconds to minutes where a pattern began anew at every character.

const LENGTH = 400_000;
const position = { line: 1, column: 1 };

test.each([
  ['blanks before no tag', `S: 250 a${' '.repeat(LENGTH)}b`],
  ['brackets before no tag', `S: 250 a${' ['.repeat(LENGTH / 2)}]`],
  ['variables that nothing closes', `C: ${'${'.repeat(LENGTH / 2)}`],
  ['variables that nothing closes behind one that is', `S: 250 \${to}${'${a'.repeat(LENGTH / 3)}`],
])('a line of many %s is read', (_what, text) => {
  const { lines, problems } = readDialogue(emailmassivo, [{ text, position }]);
  expect(lines.length + problems.length).toBe(1);
});

test('a template is filled in as far as its variables are closed', () => {
  const text = `\${to}${'${'.repeat(LENGTH / 2)}`;
  expect(fillTemplate(readTemplate(text), new Map([['to', 'x']]))).toBe(`x${text.slice(5)}`);
});

test('a tag is what stands behind a blank at the end', () => {
  const of = (text: string) => readDialogue(emailmassivo, [{ text, position }]).lines[0];
  expect(of('S: 250 *   [reply.format]')).toMatchObject({ rule: 'reply.format' });
  expect(of('S: 250 Ok [reply.format] [reply.format]')).toMatchObject({ rule: 'reply.format' });
  expect(of('S: 250 Ok[reply.format]')).toMatchObject({ rule: undefined });
});
