import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { SuiteCase } from '../../control-api/report-schemas.ts';
import { bodyOf, control } from './control.ts';

/** Read again at the event of the folder too; not every file system tells what changes in it. */
const folder = { staleTime: 0, refetchOnWindowFocus: 'always' } as const;

export const reportsQuestion = (search: string) =>
  infiniteQueryOptions({
    queryKey: ['reports', 'list', search],
    queryFn: ({ pageParam }) =>
      bodyOf(
        control.reports.$get({
          query: {
            limit: '50',
            ...(search !== '' && { search }),
            ...(pageParam !== '' && { cursor: pageParam }),
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    ...folder,
  });

export const reportQuestion = (report: string) =>
  queryOptions({
    queryKey: ['reports', 'one', report],
    queryFn: () => bodyOf(control.reports[':report'].$get({ param: { report } })),
    ...folder,
  });

/** The scenarios of the suite by the rule that they hold; like the vocabulary, they stay while the sandbox is up. */
export const scenariosByRuleQuestion = queryOptions({
  queryKey: ['vocabulary', 'scenarios'],
  queryFn: async (): Promise<ReadonlyMap<string, readonly SuiteCase[]>> => {
    const byRule = new Map<string, SuiteCase[]>();
    let cursor: string | null = '';
    while (cursor !== null) {
      const { scenarios, next }: { scenarios: SuiteCase[]; next: string | null } = await bodyOf(
        control.scenarios.$get({ query: { limit: '500', ...(cursor !== '' && { cursor }) } }),
      );
      for (const each of scenarios) {
        for (const rule of each.rules) byRule.set(rule, [...(byRule.get(rule) ?? []), each]);
      }
      cursor = next;
    }
    return byRule;
  },
});
