import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { HistoryFilters } from '../api/history-questions.ts';
import { accountQuestion, connectionsQuestion } from '../api/questions.ts';

interface Choosing {
  readonly account: string;
  readonly filters: HistoryFilters;
  readonly onChange: (filters: HistoryFilters) => void;
}

const dayMs = 24 * 60 * 60_000;
const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** A filter with some of it changed; what is empty leaves it. */
export function changed(
  filters: HistoryFilters,
  change: { readonly [Name in keyof HistoryFilters]: string | undefined },
): HistoryFilters {
  const all = { ...filters, ...change };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && value !== ''));
}

/** The period: a choice of common ones, or any first and last day. */
export function PeriodPicker({ account, filters, onChange }: Choosing) {
  const { data } = useQuery(accountQuestion(account));
  const now = data === undefined ? undefined : Date.parse(data.clock.now);
  /** The last days, today included; the days of the account's clock. */
  const lastDays = (days: number | undefined) =>
    days === undefined || now === undefined
      ? { from: undefined, to: undefined }
      : { from: dayOf(now - (days - 1) * dayMs), to: dayOf(now) };
  const choose = (days: number | undefined) => onChange(changed(filters, lastDays(days)));
  const isChosen = (days: number | undefined) =>
    filters.from === lastDays(days).from && filters.to === lastDays(days).to;
  return (
    <Group gap="sm" align="flex-end">
      <Button.Group aria-label="Period">
        {(
          [
            ['All', undefined],
            ['Today', 1],
            ['7 days', 7],
            ['30 days', 30],
          ] as const
        ).map(([label, days]) => (
          <Button
            key={label}
            variant={isChosen(days) ? 'light' : 'default'}
            aria-pressed={isChosen(days)}
            px="sm"
            onClick={() => choose(days)}
          >
            {label}
          </Button>
        ))}
      </Button.Group>
      <TextInput
        type="date"
        label="From"
        value={filters.from ?? ''}
        onChange={(event) => onChange(changed(filters, { from: event.currentTarget.value }))}
      />
      <TextInput
        type="date"
        label="To"
        value={filters.to ?? ''}
        onChange={(event) => onChange(changed(filters, { to: event.currentTarget.value }))}
      />
    </Group>
  );
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** The choices with what the address bar holds: where that is none of them, it is shown all the same and can be left. */
export function withChosen(choices: readonly Choice[], chosen: string | undefined): Choice[] {
  const isKnown = chosen === undefined || choices.some(({ value }) => value === chosen);
  return [...choices, ...(isKnown ? [] : [{ value: chosen, label: chosen }])];
}

/** One connection, or all. */
export function ConnectionPicker({ account, filters, onChange }: Choosing) {
  const { data } = useInfiniteQuery(connectionsQuestion(account));
  const known = (data?.pages ?? []).flatMap((page) => page.connections);
  const chosen = filters.connection;
  return (
    <NativeSelect
      label="Connection"
      maw={220}
      data={withChosen(
        [
          { value: '', label: 'All connections' },
          ...known.map(({ id, name }) => ({ value: id, label: name })),
        ],
        chosen,
      )}
      value={chosen ?? ''}
      onChange={(event) => onChange(changed(filters, { connection: event.currentTarget.value }))}
    />
  );
}
