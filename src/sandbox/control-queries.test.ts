import { expect, test } from 'vitest';
import { startProbedForFile } from './probe-fixture.ts';

const probed = await startProbedForFile();

test.each([
  '/sessions?account=x',
  '/accounts/:id/sessions?limits=5',
  '/accounts/:id/history?statuss=queued',
  '/accounts/:id/statistics?since=2026-01-01T00:00:00Z',
])('GET %s is refused: its answer would be that of no filter', async (path) => {
  const account = await probed.newAccount();
  const response = await fetch(`${probed.sandbox.controlUrl}${path.replace(':id', account.id)}`);
  expect([response.status, await response.json()]).toMatchObject([400, { code: 'bad-input' }]);
});
