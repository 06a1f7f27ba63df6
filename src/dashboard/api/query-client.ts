import { QueryClient } from '@tanstack/react-query';

/**
 * What was read from the API. Nothing grows old by itself: the event stream says what has changed, and a stream that was
 * lost reads all of it again when it is back.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Infinity,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      // the machine's own network says nothing about a server on loopback
      networkMode: 'always',
      retry: false,
    },
    mutations: { networkMode: 'always' },
  },
});
