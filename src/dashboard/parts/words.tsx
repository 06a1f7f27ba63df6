import { Badge, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { vocabularyQuestion } from '../api/questions.ts';

/** Colours of each tone; words of the same tone take them in turn, so that a chart tells them apart. */
const colours: Readonly<Record<string, readonly [string, ...string[]]>> = {
  good: ['teal', 'green', 'lime'],
  waiting: ['blue', 'yellow', 'cyan'],
  bad: ['red', 'orange', 'pink'],
  notice: ['grape', 'violet', 'indigo'],
};

interface Word {
  readonly name: string;
  readonly meaning: string;
  readonly tone: string;
}

/** The colour of a word among those of its kind; grey for one that the gateway did not name. */
function colourOf(words: readonly Word[], name: string): string {
  const tone = words.find((each) => each.name === name)?.tone;
  const turn = words.filter((each) => each.tone === tone).findIndex((each) => each.name === name);
  const ofTone = colours[tone ?? ''];
  return ofTone?.[turn % ofTone.length] ?? 'gray';
}

/** Colours of the states of emails, for a chart. */
export function useStatusColours(): (status: string) => string {
  const { data } = useQuery(vocabularyQuestion);
  return (status) => colourOf(data?.emailStatuses ?? [], status);
}

/** The kinds of states that the gateway has words for. */
type StateKind = 'emailStatuses' | 'connectionStatuses' | 'domainStates' | 'sessionOutcomes';

/** The tone of a state; nothing while the words of the gateway are on their way. */
export function useTone(kind: StateKind): (state: string) => string | undefined {
  const { data } = useQuery(vocabularyQuestion);
  return (state) => data?.[kind].find(({ name }) => name === state)?.tone;
}

/** A state as a badge, with what it means. */
export function State({ kind, state }: { readonly kind: StateKind; readonly state: string }) {
  const { data } = useQuery(vocabularyQuestion);
  const words: readonly Word[] = data?.[kind] ?? [];
  const colour = colourOf(words, state);
  const meaning = words.find(({ name }) => name === state)?.meaning;
  return (
    <Badge
      color={colour}
      tt="none"
      className="state"
      miw="max-content"
      style={{ '--state': `var(--mantine-color-${colour}-filled)` }}
      // no tooltip of the component library: a history has a state in each of its rows
      title={meaning}
    >
      {state}
    </Badge>
  );
}

const dateTime = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'medium',
  timeZone: 'UTC',
});

/** An instant in UTC, for people. */
export function Instant({ at }: { readonly at: string }) {
  return (
    <Text component="time" dateTime={at} title={`${at} (UTC)`} inherit className="numbers">
      {dateTime.format(new Date(at))}
    </Text>
  );
}

const numbers = new Intl.NumberFormat('en');

/** A count, with separators. */
export const counted = (count: number): string => numbers.format(count);

/** A count with its noun. */
export const many = (count: number, noun: string): string =>
  `${counted(count)} ${noun}${count === 1 ? '' : 's'}`;

/** Octets for people. */
export function sized(octets: number): string {
  if (octets < 1_024) return `${octets} B`;
  return octets < 1_048_576 ? `${(octets / 1_024).toFixed(1)} KiB` : `${(octets / 1_048_576).toFixed(1)} MiB`;
}
