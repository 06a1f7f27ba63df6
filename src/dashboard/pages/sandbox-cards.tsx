import { Button, Card, Group, NumberInput, Stack, Switch, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account } from '../../control-api/schemas.ts';
import { bodyOf, control } from '../api/control.ts';
import { useOrder } from '../api/order.ts';
import { gatewayQuestion } from '../api/questions.ts';

interface OfAccount {
  readonly account: Account;
}

/** How many sends are left. */
export function BalanceCard({ account }: OfAccount) {
  const [sends, setSends] = useState<number | ''>(account.balance);
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
        With none left, a recipient is refused with 450.
      </Text>
      <Group align="flex-end" gap="sm">
        <NumberInput
          label="Sends left"
          min={0}
          allowDecimal={false}
          thousandSeparator=","
          value={sends}
          onChange={(value) => setSends(typeof value === 'number' ? value : '')}
          flex={1}
        />
        <Button variant="default" disabled={sends === ''} onClick={() => sends !== '' && order.mutate(sends)}>
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
  const shared = new Set(gateway?.listeners.map(({ number }) => number));
  const isOwn = gateway !== undefined && account.listeners.some(({ number }) => !shared.has(number));
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
    { done: 'The mailbox is set', failed: 'The mailbox stays as it was' },
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
              ? 'The listeners of this account greet with 421.'
              : 'The shared listeners greet with 421, for all accounts that use them.'
          }
          checked={isOwn ? account.maintenance : (gateway?.maintenance ?? false)}
          disabled={maintenance.isPending}
          onChange={(event) => maintenance.mutate(event.currentTarget.checked)}
        />
        <div>
          <Text size="sm">Mailbox</Text>
          <Text size="xs" c="dimmed" mb={6}>
            Away, accepted mails are deferred; back, they are due at once.
          </Text>
          <Group gap="xs">
            <Button variant="default" size="xs" onClick={() => mailbox.mutate(false)}>
              Take it away
            </Button>
            <Button variant="default" size="xs" onClick={() => mailbox.mutate(true)}>
              Give it back
            </Button>
          </Group>
        </div>
      </Stack>
    </Card>
  );
}
