import { Button, Card, Group, NumberInput, Stack, Switch, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account } from '../../control-api/schemas.ts';
import { bodyOf, control } from '../api/control.ts';
import { useOrder } from '../api/order.ts';
import { gatewayQuestion, useOwnListeners } from '../api/questions.ts';

interface OfAccount {
  readonly account: Account;
}

/** How many sends are left. */
export function BalanceCard({ account }: OfAccount) {
  const [sends, setSends] = useState<number | string>(account.balance);
  const isCount = typeof sends === 'number' && Number.isSafeInteger(sends) && sends >= 0;
  const order = useOrder(
    (wanted: number) =>
      bodyOf(
        control.accounts[':account'].balance.$put({
          param: { account: account.id },
          json: { sends: wanted },
        }),
      ),
    { done: 'The balance is set', failed: 'The balance stays as it was' },
  );
  return (
    <Card>
      <Title order={2} size="h4">
        Balance
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        With none left, every recipient is refused.
      </Text>
      <Group align="flex-end" gap="sm">
        <NumberInput
          label="Sends left"
          thousandSeparator=","
          value={sends}
          clampBehavior="none"
          allowDecimal
          onChange={setSends}
          error={isCount || sends === '' ? undefined : 'A whole number of sends, 0 or more.'}
          flex={1}
        />
        <Button variant="default" disabled={!isCount} onClick={() => isCount && order.mutate(sends)}>
          Set
        </Button>
        <Button variant="default" onClick={() => order.mutate(0)}>
          Use up
        </Button>
      </Group>
    </Card>
  );
}

/** Maintenance of the gateway, and a mailbox that is away. */
export function OutageCard({ account }: OfAccount) {
  const { data: gateway } = useQuery(gatewayQuestion);
  const isOwn = useOwnListeners(account);
  const maintenance = useOrder(
    (on: boolean): Promise<unknown> =>
      isOwn
        ? bodyOf(
            control.accounts[':account'].maintenance.$put({ param: { account: account.id }, json: { on } }),
          )
        : bodyOf(control.gateway.maintenance.$put({ json: { on } })),
    { failed: 'Maintenance stays as it was' },
  );
  const mailbox = useOrder(
    (up: boolean) =>
      bodyOf(control.accounts[':account'].mailbox.$put({ param: { account: account.id }, json: { up } })),
    { failed: 'The mailbox stays as it was' },
  );
  return (
    <Card>
      <Title order={2} size="h4" mb="md">
        Outages
      </Title>
      <Stack gap="md">
        <Switch
          label="Maintenance"
          description={
            isOwn
              ? 'The listeners of this account turn every client away.'
              : 'The shared listeners turn every client away, of all accounts that use them.'
          }
          checked={isOwn ? account.maintenance : (gateway?.maintenance ?? false)}
          disabled={maintenance.isPending}
          onChange={(event) => maintenance.mutate(event.currentTarget.checked)}
        />
        <Switch
          label="Mailbox is away"
          description="Accepted mails wait as deferred; when it is back, they are due at once."
          checked={!account.mailboxUp}
          disabled={mailbox.isPending}
          onChange={(event) => mailbox.mutate(!event.currentTarget.checked)}
        />
      </Stack>
    </Card>
  );
}
