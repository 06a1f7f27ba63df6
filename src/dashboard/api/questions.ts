import { infiniteQueryOptions, queryOptions, useQuery } from '@tanstack/react-query';
import type { Account } from '../../control-api/schemas.ts';
import { bodyOf, control } from './control.ts';

/** What the pages ask of the API, each with the key under which its answer is kept. */

/** A page of an account's list: how many entries, and where it goes on. */
const paged = (cursor: string) => ({ limit: '50', ...(cursor !== '' && { cursor }) });

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

export const connectionsQuestion = (account: string) =>
  infiniteQueryOptions({
    queryKey: ['account', account, 'connections'],
    queryFn: ({ pageParam }) =>
      bodyOf(
        control.accounts[':account'].connections.$get({
          param: { account },
          query: paged(pageParam),
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });

export const connectionQuestion = (account: string, connection: string) =>
  queryOptions({
    queryKey: ['account', account, 'connection', connection],
    queryFn: () =>
      bodyOf(
        control.accounts[':account'].connections[':connection'].$get({ param: { account, connection } }),
      ),
  });

/** Whether an account has listeners of its own; it shares those of the gateway otherwise. */
export function useOwnListeners(account: Account): boolean {
  const { data: gateway } = useQuery(gatewayQuestion);
  const shared = new Set(gateway?.listeners.map(({ number }) => number));
  return gateway !== undefined && account.listeners.some(({ number }) => !shared.has(number));
}

export const domainsQuestion = (account: string) =>
  infiniteQueryOptions({
    queryKey: ['account', account, 'domains'],
    queryFn: ({ pageParam }) =>
      bodyOf(control.accounts[':account'].domains.$get({ param: { account }, query: paged(pageParam) })),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });

export const sendersQuestion = (account: string) =>
  infiniteQueryOptions({
    queryKey: ['account', account, 'senders'],
    queryFn: ({ pageParam }) =>
      bodyOf(control.accounts[':account'].senders.$get({ param: { account }, query: paged(pageParam) })),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });

/** The ledger, newest entry first. */
export const ledgerQuestion = (account: string) =>
  infiniteQueryOptions({
    queryKey: ['account', account, 'ledger'],
    queryFn: ({ pageParam }) =>
      bodyOf(
        control.accounts[':account'].ledger.$get({
          param: { account },
          query: { ...paged(pageParam), order: 'newest' },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });

export const domainQuestion = (account: string, domain: string) =>
  queryOptions({
    queryKey: ['account', account, 'domain', domain],
    queryFn: () =>
      bodyOf(control.accounts[':account'].domains[':domain'].$get({ param: { account, domain } })),
  });

export const plansQuestion = queryOptions({
  queryKey: ['plans'],
  queryFn: () => bodyOf(control.plans.$get()),
});

export const purchasesQuestion = (account: string) =>
  queryOptions({
    queryKey: ['account', account, 'purchases'],
    queryFn: () => bodyOf(control.accounts[':account'].purchases.$get({ param: { account } })),
  });

export const triggersQuestion = (account: string) =>
  queryOptions({
    queryKey: ['account', account, 'triggers'],
    queryFn: () => bodyOf(control.accounts[':account'].triggers.$get({ param: { account } })),
  });

export const suppressionsQuestion = (account: string, search: string) =>
  infiniteQueryOptions({
    queryKey: ['account', account, 'suppressions', search],
    queryFn: ({ pageParam }) =>
      bodyOf(
        control.accounts[':account'].suppressions.$get({
          param: { account },
          query: { ...paged(pageParam), ...(search !== '' && { search }) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });

export const recipientsQuestion = (account: string) =>
  infiniteQueryOptions({
    queryKey: ['account', account, 'recipients'],
    queryFn: ({ pageParam }) =>
      bodyOf(
        control.accounts[':account'].recipients.$get({
          param: { account },
          query: paged(pageParam),
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
