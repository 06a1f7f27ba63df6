import { Badge } from '@mantine/core';
import type { LiveState } from './live-stream.ts';
import { useLive } from './live.tsx';

const marks: Readonly<Record<LiveState, { readonly color: string; readonly word: string }>> = {
  connecting: { color: 'gray', word: 'Connecting' },
  live: { color: 'teal', word: 'Live' },
  lost: { color: 'orange', word: 'Offline' },
};

/** Whether what the page shows is of this moment. */
export function LiveMark() {
  const { color, word } = marks[useLive()];
  return (
    <Badge variant="dot" color={color} tt="none" role="status" flex="none">
      {word}
    </Badge>
  );
}
