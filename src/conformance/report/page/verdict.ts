import type { PageData } from '../page-data.ts';
import { countOf } from './dom.ts';

/** The heading of the page: what does not hold, rules first, or that all holds that could be shown. */
export function verdictOf({ run, rules, requirements, own: ownWords }: PageData): {
  readonly verdict: string;
  readonly isBad: boolean;
} {
  const told = rules.filter(({ outcome }) => outcome !== undefined);
  const bad = told.filter(({ outcome }) => outcome === 'failed' || outcome === 'errored').length;
  const isWhole = run.how === 'finished';
  const ownNumber =
    requirements.length === 0 ? [] : [`${countOf(requirements.length, 'requirement')} of your own`];
  const wrong = [
    ...(bad > 0 ? [`${bad} of ${countOf(told.length, 'rule')} ${bad === 1 ? 'does' : 'do'} not hold`] : []),
    ...(ownWords === undefined ? [] : [ownWords]),
  ];
  const verdict =
    wrong.length > 0
      ? wrong.join('; ')
      : isWhole
        ? [...told, ...requirements].every(({ outcome }) => outcome === 'passed')
          ? `All ${[countOf(told.length, 'rule'), ...ownNumber].join(' and ')} hold`
          : 'No rule is broken, but not all could be shown'
        : 'The run did not come to its end';
  return { verdict, isBad: wrong.length > 0 };
}
