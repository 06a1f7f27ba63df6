import { queryOptions } from '@tanstack/react-query';
import { bodyOf, control } from './control.ts';

/** What the pages ask of the API, each with the key under which its answer is kept. */

export const gatewayQuestion = queryOptions({
  queryKey: ['gateway'],
  queryFn: () => bodyOf(control.gateway.$get()),
});

export const vocabularyQuestion = queryOptions({
  queryKey: ['vocabulary'],
  queryFn: () => bodyOf(control.vocabulary.$get()),
});

export const accountsQuestion = (search?: string) =>
  queryOptions({
    queryKey: ['accounts', search],
    queryFn: () => bodyOf(control.accounts.$get({ query: search === undefined ? {} : { search } })),
  });

export const accountQuestion = (account: string) =>
  queryOptions({
    queryKey: ['account', account, 'overview'],
    queryFn: () => bodyOf(control.accounts[':account'].$get({ param: { account } })),
  });

export const firstEmailQuestion = (account: string) =>
  queryOptions({
    queryKey: ['account', account, 'history', 'first'],
    queryFn: () =>
      bodyOf(control.accounts[':account'].history.$get({ param: { account }, query: { limit: '1' } })),
    select: ({ emails: [first] }) => first ?? null,
  });
