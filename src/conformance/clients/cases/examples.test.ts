import { describe, expect, test } from 'vitest';
import { gradeCase } from '../check-clients.ts';
import type { ClientCase } from '../client-case.ts';
import type { Facts } from '../facts.ts';
import { isBad, type Judgement } from '../grade.ts';
import { clientCases } from '../cases-fixture.ts';
import { examplesOfMails } from './examples-of-mails-fixture.ts';
import { examplesOfSessions } from './examples-of-sessions-fixture.ts';
import { examplesOfSiblings } from './examples-of-siblings-fixture.ts';
import { examplesOfTokens } from './examples-of-tokens-fixture.ts';

/** Two right ways at least of each case, and two that are not. */
const examples = { ...examplesOfSessions, ...examplesOfMails, ...examplesOfSiblings, ...examplesOfTokens };

const caseOf = (id: string): ClientCase => {
  const found = clientCases.find((each) => each.id === id);
  if (found === undefined) throw new TypeError(`There is no case ${id}.`);
  return found;
};

describe.each(Object.entries(examples))('%s', (id, all) => {
  test.each(all)('%s', (_what, facts, grade) => {
    expect(gradeCase(caseOf(id), facts).wire.grade).toBe(grade);
  });

  test('has two right ways and two others', () => {
    const right = all.filter(([, , grade]) => grade === 'right');
    expect(right.length).toBeGreaterThanOrEqual(2);
    expect(all.filter(([, , grade]) => isBad(grade) || grade === 'acceptable').length).toBeGreaterThanOrEqual(
      2,
    );
  });

  test('a grader that is never worse than acceptable is caught', () => {
    const mild = (facts: Facts): Judgement => {
      const judgement = caseOf(id).wire(facts);
      return isBad(judgement.grade) ? { ...judgement, grade: 'acceptable' } : judgement;
    };
    const caught = all.filter(([, facts, grade]) => isBad(grade) && mild(facts).grade !== grade);
    expect(caught.length).toBeGreaterThanOrEqual(1);
  });
});
