import { emailmassivo } from '../../contract/emailmassivo/emailmassivo.ts';
import { describe, expect, test } from 'vitest';
import { gradeUnmet, holdsClassOnly } from './grade.ts';

describe('an expectation that was not met', () => {
  test.each([
    ['reply.format', 'failed', 'failed'],
    ['protocol.rset', 'failed', 'failed'],
    ['protocol.idle', 'failed', 'differs'],
    ['protocol.vrfy', 'failed', 'differs'],
    ['error.450.stage', 'failed', 'differs'],
    ['protocol.line-ends.refused', 'failed', 'differs'],
    ['sandbox.clock', 'failed', 'never-run'],
  ] as const)('%s: %s where choices are declared, %s elsewhere', (rule, declared, foreign) => {
    expect(gradeUnmet(emailmassivo, rule, true)).toBe(declared);
    expect(gradeUnmet(emailmassivo, rule, false)).toBe(foreign);
  });

  test('only the class of a reply is held against a foreign target where an RFC alone asks for it', () => {
    expect(holdsClassOnly(emailmassivo, 'protocol.rset', false)).toBe(true);
    expect(holdsClassOnly(emailmassivo, 'protocol.rset', true)).toBe(false);
    expect(holdsClassOnly(emailmassivo, 'error.450', false)).toBe(false);
  });
});
