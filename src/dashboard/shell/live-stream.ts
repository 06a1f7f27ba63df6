/** Whether events arrive: not yet, now, or no longer. */
export type LiveState = 'connecting' | 'live' | 'lost';

/** What a stream tells: how it stands, and each event by whose it is. */
export type LiveMessage =
  | { readonly kind: 'state'; readonly state: LiveState }
  /** `account` is null for what is nobody's. */
  | { readonly kind: 'event'; readonly account: string | null };

/** Milliseconds until a stream that was refused is tried again; the browser retries a broken one by itself. */
const RETRY_MS = 2_000;

/** Opens the stream of the gateway and keeps it open; gives what ends it. */
export function openStream(tell: (message: LiveMessage) => void): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    const opened = new EventSource('/events');
    source = opened;
    opened.addEventListener('open', () => tell({ kind: 'state', state: 'live' }));
    opened.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const { account } = JSON.parse(data) as { readonly account: string | null };
      tell({ kind: 'event', account });
    });
    opened.addEventListener('error', () => {
      tell({ kind: 'state', state: 'lost' });
      if (opened.readyState === EventSource.CLOSED) timer = setTimeout(open, RETRY_MS);
    });
  };
  open();
  return () => {
    source?.close();
    clearTimeout(timer);
  };
}
