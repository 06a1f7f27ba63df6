/**
 * The one event stream of a browser, shared by all its tabs: a browser opens six connections to a host at a time, and a
 * stream for each tab would leave none for anything else.
 */
import { openStream, type LiveMessage } from './live-stream.ts';

interface SharedScope {
  addEventListener(kind: 'connect', listener: (event: MessageEvent) => void): void;
}

// the page's own types know no shared worker's scope
const scope = globalThis as unknown as SharedScope;
const tabs = new Set<MessagePort>();
let last: LiveMessage | undefined;
let isOpen = false;

function tell(message: LiveMessage): void {
  if (message.kind === 'state') last = message;
  // a port has one other side, and no origin to name
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  for (const tab of tabs) tab.postMessage(message);
}

scope.addEventListener('connect', ({ ports: [tab] }) => {
  if (tab === undefined) return;
  tabs.add(tab);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  if (last !== undefined) tab.postMessage(last);
  // a tab says that it goes; the worker itself ends with the last of them
  tab.addEventListener('message', () => tabs.delete(tab));
  tab.start();
  if (!isOpen) openStream(tell);
  isOpen = true;
});
