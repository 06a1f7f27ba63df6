import { expect, test } from 'vitest';
import { emailmassivoModel } from './model.ts';
import { describeReach, noReach } from '../reach.ts';

test('a rule that no scenario can show is told apart from one that was never reached', () => {
  const [never = '', beyond = ''] = describeReach(noReach(emailmassivoModel)).split('no scenario can show');
  expect(never).toContain('never reached, rules:');
  expect(never).toContain('  tls.version\n');
  expect(never).not.toContain('  protocol.idle\n');
  expect(beyond).toContain('  protocol.idle\n');
  expect(beyond).toMatch(/· 0 of \d+ rules ·/);
});
