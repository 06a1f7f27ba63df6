import type { QueryClient } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';

/** Whether events arrive: not yet, now, or no longer. */
export type LiveState = 'connecting' | 'live' | 'lost';

const LiveContext = createContext<LiveState>('connecting');

/** Whether the pages are live at this moment. */
export const useLive = (): LiveState => useContext(LiveContext);

/** Milliseconds between two readings however many events arrive. */
const SPACING_MS = 250;
/** Milliseconds until a stream that was refused is tried again; the browser retries a broken one by itself. */
const RETRY_MS = 2_000;

/** Keeps the answers of an account fresh: each event makes what depends on it be read again. Nothing polls. */
export function LiveProvider({ account, children }: { account: string; children: ReactNode }) {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => listen(client, account, setState), [client, account]);
  return <LiveContext value={state}>{children}</LiveContext>;
}

function listen(client: QueryClient, account: string, tell: (state: LiveState) => void): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wasLost = false;
  const refresh = createRefresh(client);
  const open = () => {
    const opened = new EventSource('/events');
    source = opened;
    opened.addEventListener('open', () => {
      tell('live');
      if (wasLost) void client.invalidateQueries();
      wasLost = false;
    });
    opened.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const event = JSON.parse(data) as { readonly account: string | null };
      if (event.account === null || event.account === account) refresh.ask();
    });
    opened.addEventListener('error', () => {
      wasLost = true;
      tell('lost');
      if (opened.readyState === EventSource.CLOSED) timer = setTimeout(open, RETRY_MS);
    });
  };
  open();
  return () => {
    source?.close();
    clearTimeout(timer);
    refresh.end();
  };
}

/** Reads what is shown again: at once for a single event; where many come, one reading after another. */
function createRefresh(client: QueryClient) {
  const state = { isRunning: false, isDue: false, isEnded: false };
  const refresh = async () => {
    state.isRunning = true;
    while (state.isDue && !state.isEnded) {
      state.isDue = false;
      await client.invalidateQueries({
        predicate: ({ queryKey: [subject] }) => subject !== 'vocabulary',
      });
      await new Promise((resolve) => {
        setTimeout(resolve, SPACING_MS);
      });
    }
    state.isRunning = false;
  };
  return {
    ask: () => {
      state.isDue = true;
      if (!state.isRunning) void refresh();
    },
    end: () => {
      state.isEnded = true;
    },
  };
}
