import { Button, Card, Group, Switch, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Account } from '../../control-api/schemas.ts';
import { bodyOf, control } from '../api/control.ts';
import { useOrder } from '../api/order.ts';
import { accountQuestion, vocabularyQuestion } from '../api/questions.ts';
import { Instant } from '../parts/words.tsx';

type Move = Parameters<(typeof control.accounts)[':account']['clock']['$post']>[0]['json'];

/** The account's clock: freeze it, move it. It never goes back. */
export function ClockCard({ account }: { readonly account: Account }) {
  const [to, setTo] = useState('');
  const { data: words } = useQuery(vocabularyQuestion);
  const order = useOrder(
    (json: Move) =>
      bodyOf(control.accounts[':account'].clock.$post({ param: { account: account.id }, json })),
    { failed: 'The clock stays as it was' },
  );
  const isInstant = to !== '' && !Number.isNaN(Date.parse(`${to}Z`));
  return (
    <Card>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h4">
          Clock
        </Title>
        <Switch
          label="Frozen"
          checked={account.clock.frozen}
          onChange={(event) => order.mutate({ frozen: event.currentTarget.checked })}
        />
      </Group>
      <Text fz="xl" fw={600} aria-live="off">
        <RunningTime account={account} />
      </Text>
      <Text size="sm" c="dimmed" mb="md">
        It times rate windows, login locks, monthly sends and the send history.
      </Text>
      <Group gap="xs">
        {words?.clockSteps.map(({ label, milliseconds }) => (
          <Button
            key={label}
            variant="default"
            size="xs"
            disabled={order.isPending}
            onClick={() => order.mutate({ advanceMs: milliseconds })}
            aria-label={`Move the clock forward by ${label}`}
          >
            + {label}
          </Button>
        ))}
      </Group>
      <Group align="flex-end" gap="sm" mt="md">
        <TextInput
          type="datetime-local"
          label="Move to (UTC)"
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
          flex={1}
        />
        <Button
          variant="default"
          disabled={!isInstant}
          onClick={() => order.mutate({ to: new Date(`${to}Z`).toISOString() })}
        >
          Move
        </Button>
      </Group>
    </Card>
  );
}

/** The time of the clock, which goes on in the page between two answers. */
function RunningTime({ account }: { readonly account: Account }) {
  const { dataUpdatedAt } = useQuery(accountQuestion(account.id));
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const elapsed = account.clock.frozen ? 0 : Math.max(0, now - dataUpdatedAt);
  return <Instant at={new Date(Date.parse(account.clock.now) + elapsed).toISOString()} />;
}
