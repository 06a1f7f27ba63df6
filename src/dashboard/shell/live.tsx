import type { QueryClient } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { canChooseLeader, listenAmongTabs } from './live-leader.ts';
import { openStream, type LiveMessage, type LiveState } from './live-stream.ts';

const LiveContext = createContext<LiveState>('connecting');

/** Whether the pages are live at this moment. */
export const useLive = (): LiveState => useContext(LiveContext);

/** Milliseconds between two readings however many events arrive. */
const SPACING_MS = 250;

/** Keeps the answers of an account fresh: each event makes what depends on it be read again. Nothing polls. */
export function LiveProvider({ account, children }: { account: string; children: ReactNode }) {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => listen(client, account, setState), [client, account]);
  return <LiveContext value={state}>{children}</LiveContext>;
}

function listen(client: QueryClient, account: string, show: (state: LiveState) => void): () => void {
  let isLive = false;
  const refresh = createRefresh(client);
  const end = listenToBrowser((message) => {
    if (message.kind === 'event') {
      if (message.account === null || message.account === account) refresh.ask();
      return;
    }
    show(message.state);
    // what was read before the stream stood may be old
    if (message.state === 'live' && !isLive) void client.invalidateQueries({}, { cancelRefetch: false });
    isLive = message.state === 'live';
  });
  return () => {
    end();
    refresh.end();
  };
}

/** Listens to the stream that all tabs share, by a shared worker or, where the browser has none, by one of the tabs. */
function listenToBrowser(tell: (message: LiveMessage) => void): () => void {
  if (typeof SharedWorker === 'undefined') return listenWithoutWorker(tell);
  const worker = new SharedWorker(new URL('live-worker.ts', import.meta.url), {
    type: 'module',
    name: 'gauntlet-live',
  });
  const { port } = worker;
  let endOwn: (() => void) | undefined;
  // a worker that cannot be loaded
  worker.addEventListener('error', () => {
    endOwn ??= listenWithoutWorker(tell);
  });
  port.addEventListener('message', ({ data }: MessageEvent<LiveMessage>) => tell(data));
  port.start();
  const leave = () => port.postMessage('leave');
  // a page that is kept for the way back is not listened for any more, and is loaded anew instead
  window.addEventListener('pagehide', leave);
  const reload = ({ persisted }: PageTransitionEvent) => {
    if (persisted) window.location.reload();
  };
  window.addEventListener('pageshow', reload);
  return () => {
    leave();
    port.close();
    endOwn?.();
    window.removeEventListener('pagehide', leave);
    window.removeEventListener('pageshow', reload);
  };
}

const listenWithoutWorker = (tell: (message: LiveMessage) => void): (() => void) =>
  canChooseLeader() ? listenAmongTabs(tell) : openStream(tell);

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
