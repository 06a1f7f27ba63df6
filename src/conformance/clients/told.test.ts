import { describe, expect, test } from 'vitest';
import { blankTold, claimOf, readTold } from './told.ts';

describe('what a program told', () => {
  test.each([
    ['its last line of JSON counts', 'log\n{"accepted":["a@a"]}\n{"deferred":["a@a"]}\nbye', 1, 'deferred'],
    ['an address in other letters', '{"rejected":["A@A"]}', 0, 'rejected'],
    ['a recipient of whom nothing is said', '{"accepted":["b@a"]}', 0, 'unnamed'],
    ['JSON of something else', '{"level":"info"}', 0, 'accepted'],
    ['JSON that is broken', '{"accepted":', 1, 'failed'],
    ['exit code 0', '', 0, 'accepted'],
    ['exit code 75', '', 75, 'deferred'],
    ['another exit code', '', 1, 'failed'],
    ['a signal', '', undefined, 'failed'],
  ] as const)('%s', (_what, stdout, exitCode, claim) => {
    expect(claimOf(readTold(exitCode, stdout, ''), 'a@a', 'call')).toBe(claim);
  });

  test('a queue that took it has claimed nothing yet', () => {
    expect(claimOf(readTold(0, '', ''), 'a@a', 'queue')).toBe('taken');
  });

  test('no password and no token is shown of it, in base64 neither', () => {
    const [password, token] = ['correct horse', 'k3v9.zx81qq7'];
    const encoded = Buffer.from(`user=shop\x01auth=Bearer ${token}\x01\x01`).toString('base64');
    const told = readTold(
      1,
      '',
      `535 for ${password} and Bearer ${token}\nAUTH XOAUTH2 ${encoded}\n> ${encoded}`,
    );
    const { output } = { output: '', ...blankTold(told, [password, token]) };
    expect(output).toContain('535 for ********');
    for (const secret of [password, token, encoded.slice(24, -8)]) expect(output).not.toContain(secret);
  });

  test('that it cannot do this', () => {
    expect(readTold(0, '{"unsupported":true}', '').kind).toBe('unsupported');
  });
});
