import { describe, expect, test } from 'vitest';
import { answering, play } from './play-scripted-fixture.ts';
import { afterSmoke, scenarioOf } from './scripted-gateway-fixture.ts';

describe('what cannot be found out', () => {
  const simple = scenarioOf('C: <open>');

  test('is never green: a need that is missing, an error, a mailbox that is not there', async () => {
    const missing = await play(simple, {
      arrange: afterSmoke(() => Promise.resolve({ kind: 'not-arranged', missing: 'plans' })),
    });
    expect(missing.outcomes).toEqual(['not-arranged plans']);
    expect(missing.summary.exitCode).toBe(0);
    const required = await play(simple, {
      arrange: afterSmoke(() => Promise.resolve({ kind: 'not-arranged', missing: 'plans' })),
      more: { requireArranged: true },
    });
    expect(required.summary.exitCode).toBe(1);
    const errored = await play(simple, {
      arrange: afterSmoke(() => Promise.reject(new Error('it died'))),
    });
    expect(errored.outcomes).toEqual(['errored it died']);
    expect(errored.summary.exitCode).toBe(1);
    const unseen = await play(
      scenarioOf('C: <session>\nC: <send to>', 'then: { delivered: { to: as sent }, charged: 1 }\n'),
    );
    expect(unseen.outcomes).toEqual(['not-observed then delivered: the target does not show delivered mail']);
  });

  test('is told where the file was withdrawn', async () => {
    const { outcomes } = await play(
      scenarioOf('C: <open>', 'withdrawn: { why: the page changed, since: 2026-11-01 }\n'),
    );
    expect(outcomes).toEqual(['withdrawn the page changed (since 2026-11-01)']);
  });
});

describe('the run', () => {
  test('ends at once where the smoke case passes in no mode', async () => {
    const { summary, outcomes } = await play(scenarioOf('C: <open>'), {
      answer: answering({ '(connect)': '554 closed today\r\n' }),
    });
    expect(summary).toMatchObject({ how: 'smoke-failed', exitCode: 2 });
    expect(summary.why).toContain('554 closed today');
    expect(outcomes).toEqual(['failed']);
  });

  test('goes on in the modes that are served, and says which are not', async () => {
    const { summary, outcomes, findings } = await play(scenarioOf('C: <open>'), {
      modes: ['587', '25'],
      closed: [587],
    });
    expect(findings[0]).toMatch(/^port\.587\.plain 5:6 a connection \/ 127\.0\.0\.1:1: /);
    expect(outcomes.map((text) => text.split(':')[0])).toEqual([
      'failed',
      'not-arranged the mode 587 is not served',
      'passed',
    ]);
    expect(summary.exitCode).toBe(1);
  });

  test('says nothing where no case is for its modes', async () => {
    const { summary } = await play(scenarioOf('C: <open>', 'modes: [587]\n'), { modes: ['25'] });
    expect(summary).toMatchObject({ exitCode: 2, cases: 0, why: expect.stringContaining('No case') });
  });

  test('plays side by side no more than there is', async () => {
    const { summary } = await play(scenarioOf('C: <open>'), { more: { jobs: 99_999_999_999 } });
    expect(summary).toMatchObject({ exitCode: 0, counts: { passed: 1 } });
  });

  test('is not trusted where a case passes that cannot', async () => {
    const { summary } = await play(scenarioOf('C: <open>'), {
      answer: answering({ NOOP: '299 This reply was made up by the scenario runner\r\n' }),
    });
    expect(summary).toMatchObject({ how: 'untrustworthy', exitCode: 2 });
  });

  test('that is interrupted reports what there is', async () => {
    const { summary } = await play(scenarioOf('C: <open>'), { more: { signal: AbortSignal.abort() } });
    expect(summary).toMatchObject({ how: 'interrupted', exitCode: 130, counts: { passed: 0 } });
  });
});
