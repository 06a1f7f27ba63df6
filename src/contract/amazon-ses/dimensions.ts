import type { Dimension } from '../dimensions.ts';

/** In which dimensions the scenarios of this provider must try which rules. */
export const dimensions: readonly Dimension[] = [
  {
    id: 'each mode',
    varies: 'the case is played in each of the five modes',
    concerns: ['error.*', 'quota.*', 'rate.*', 'access.*', 'suppression.*', 'simulator.*', 'reply.*'],
    elsewhere: 'the rule is about one mode, or about what no mode can change',
  },
  {
    id: 'a moved clock',
    varies: 'the clock of the account is moved between two sessions or in one',
    concerns: ['quota.window*', 'rate.*', 'error.454-rate', 'error.454-quota'],
    elsewhere: 'the rule does not depend on time',
  },
  {
    id: 'another session',
    varies: 'what counts is done in several sessions of one login',
    concerns: ['error.454-quota', 'error.421.stage', 'quota.recipients'],
    elsewhere: 'the rule ends with the session',
  },
];
