import {
  Button,
  Card,
  Group,
  NativeSelect,
  NumberInput,
  Stack,
  Switch,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { Account } from '../../control-api/schemas.ts';
import { bodyOf, control } from '../api/control.ts';
import { useOrder } from '../api/order.ts';
import { gatewayQuestion, vocabularyQuestion } from '../api/questions.ts';

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

/** What becomes of mail to an address. */
export function RecipientCard({ account }: OfAccount) {
  const { data } = useQuery(vocabularyQuestion);
  const roles = data?.roles ?? [];
  const [address, setAddress] = useState('');
  const [role, setRole] = useState('');
  const chosen = roles.find(({ name }) => name === role) ?? roles[0];
  const order = useOrder(
    (json: { readonly address: string; readonly role: NonNullable<typeof chosen>['name'] }) =>
      bodyOf(
        control.accounts[':account'].recipients.$put({
          param: { account: account.id },
          // the role is one of those that the API itself names
          json: json as Parameters<(typeof control.accounts)[':account']['recipients']['$put']>[0]['json'],
        }),
      ),
    { done: `${address} has its role`, failed: 'The recipient stays as it was' },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen !== undefined) order.mutate({ address: address.trim(), role: chosen.name });
  };
  return (
    <Card>
      <Title order={2} size="h4">
        Recipients
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        Say what becomes of mail to an address. Addresses at {data?.reservedDomain ?? '…'} say it by their
        name.
      </Text>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label="Address"
            placeholder="anna@example.org"
            value={address}
            onChange={(event) => setAddress(event.currentTarget.value)}
          />
          <NativeSelect
            label="Role"
            description={chosen?.meaning}
            data={roles.map(({ name }) => name)}
            value={chosen?.name ?? ''}
            onChange={(event) => setRole(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button
              type="submit"
              variant="default"
              disabled={!address.includes('@')}
              loading={order.isPending}
            >
              Set role
            </Button>
          </Group>
        </Stack>
      </form>
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
