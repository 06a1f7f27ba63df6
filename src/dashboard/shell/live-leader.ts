import { openStream, type LiveMessage } from './live-stream.ts';

const NAME = 'gauntlet-live';

/** What the tabs tell each other: the leader what it hears, a new tab that it is there. */
type TabMessage = LiveMessage | { readonly kind: 'hello' };

/** Whether the tabs of this browser can choose one among them; without encryption that is so on loopback alone. */
export const canChooseLeader = (): boolean => 'locks' in navigator && typeof BroadcastChannel !== 'undefined';

/**
 * Listens to the stream of the one tab that has a lock of the browser: a browser without shared workers has one stream for
 * all its tabs as well. When that tab goes, the next one in the queue of the lock opens the stream.
 */
export function listenAmongTabs(tell: (message: LiveMessage) => void): () => void {
  const channel = new BroadcastChannel(NAME);
  const left = new AbortController();
  let isLeading = false;
  let last: LiveMessage = { kind: 'state', state: 'connecting' };
  const post = (message: TabMessage): void => {
    // a channel reaches its own origin alone
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    channel.postMessage(message);
  };
  channel.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => {
    if (data.kind !== 'hello') tell(data);
    else if (isLeading) post(last);
  });
  const lead = async (): Promise<void> => {
    if (left.signal.aborted) return;
    isLeading = true;
    const share = (message: LiveMessage): void => {
      if (message.kind === 'state') last = message;
      tell(message);
      post(message);
    };
    // between two leaders nobody listened: each tab reads again once the stream stands
    share(last);
    const close = openStream(share);
    await new Promise((resolve) => {
      left.signal.addEventListener('abort', resolve);
    });
    close();
  };
  navigator.locks.request(NAME, { signal: left.signal }, lead).catch(() => {
    // this tab has gone before its turn came
  });
  post({ kind: 'hello' });
  return () => {
    left.abort();
    channel.close();
  };
}
