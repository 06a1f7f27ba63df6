import { Badge, Text, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { vocabularyQuestion } from '../api/questions.ts';

/** The tone of a state, by whether its word is known to be good or bad; a word of another provider is neutral. */
const tones: Readonly<Record<string, string>> = {
  Active: 'teal',
  Blocked: 'red',
  'Not Activated': 'yellow',
  verified: 'teal',
  unverified: 'yellow',
  queued: 'blue',
  deferred: 'yellow',
  delivered: 'teal',
  bounced: 'red',
  rejected: 'orange',
  failed: 'red',
  unsubscribed: 'grape',
  complained: 'pink',
};

/** The colour of a state, for badges and charts. */
export const toneOf = (state: string): string => tones[state] ?? 'gray';

/** A state as a badge, with what it means. */
export function State({ state }: { readonly state: string }) {
  const { data } = useQuery(vocabularyQuestion);
  const words = [...(data?.emailStatuses ?? []), ...(data?.connectionStatuses ?? [])];
  const meaning = words.find(({ name }) => name === state)?.meaning;
  const badge = (
    <Badge
      color={toneOf(state)}
      tt="none"
      className="state"
      miw="fit-content"
      style={{ '--state': `var(--mantine-color-${toneOf(state)}-filled)` }}
    >
      {state}
    </Badge>
  );
  return meaning === undefined ? badge : <Tooltip label={meaning}>{badge}</Tooltip>;
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
