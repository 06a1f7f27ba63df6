import { describe, expect, test } from 'vitest';
import { clientCases } from '../cases-fixture.ts';
import type { ClientCase } from '../client-case.ts';
import { factsOf } from '../facts-fixture.ts';
import type { Facts } from '../facts.ts';
import { isBad, type Grade, type Judgement } from '../grade.ts';
import { bye, hello, mail, talk } from '../talk-fixture.ts';
import { F } from './example-talks-fixture.ts';

/** One session, and the exit code that the caller was told; 0 says "accepted". */
const heard = (exitCode: number, ...lines: readonly string[]) =>
  factsOf([{ lines: talk(0, ...hello, ...lines), closed: lines.length + 9 }], {
    told: { kind: 'exit', exitCode, output: '' },
    charged: lines.some((line) => line.includes('MAIL')) ? 1 : 0,
    count: 1,
  });

// the token cases ask for a login by token before they hear anything
const login = ['C AUTH XOAUTH2 ****', 'S 235 Ok'];
const lost = heard(0, ...login, ...bye);
const sent = heard(1, ...login, ...mail([F]), ...bye);

/** An address that is none has no fate; what is told of it is right unless mail is lost. */
const WITHOUT_FATE = new Set(['injected-address']);

const grades = (one: Pick<ClientCase, 'told'>): readonly Grade[] =>
  [lost, sent].map((facts) => one.told(facts).grade);

describe.each(clientCases.map((one) => [one.id, one] as const))('%s', (id, one) => {
  test('"accepted" is dangerous where nobody has the mail, "failed" wrong where somebody has', () => {
    expect(grades(one)).toEqual(['dangerous', WITHOUT_FATE.has(id) ? 'right' : 'wrong']);
  });

  test('a grader that never says dangerous, or never worse than acceptable, is caught', () => {
    const never =
      (what: (grade: Grade) => boolean) =>
      (facts: Facts): Judgement => {
        const judgement = one.told(facts);
        return what(judgement.grade) ? { ...judgement, grade: 'acceptable' } : judgement;
      };
    expect(grades({ told: never((grade) => grade === 'dangerous') })).not.toEqual(grades(one));
    expect(grades({ told: never(isBad) })).not.toEqual(grades(one));
  });
});
