import { Button, Card, Group, NumberInput, SimpleGrid, Text, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Account, Limits } from '../../control-api/schemas.ts';
import { bodyOf, control } from '../api/control.ts';
import { useOrder } from '../api/order.ts';

const names: Readonly<Record<keyof Limits, { readonly label: string; readonly description: string }>> = {
  rateLimit: { label: 'Rate limit', description: 'MAIL commands in one window' },
  rateWindowMs: { label: 'Rate window', description: 'milliseconds' },
  sizeLimit: { label: 'Message size', description: 'octets' },
  recipientLimit: { label: 'Recipients', description: 'of one transaction' },
  sessionLimit: { label: 'Sessions', description: 'open at once, own listeners; empty: no limit' },
};

/** The limits of the account. */
export function LimitsCard({ account }: { readonly account: Account }) {
  const [limits, setLimits] = useState<Readonly<Record<keyof Limits, number | null>>>(account.limits);
  const order = useOrder(
    () =>
      bodyOf(
        control.accounts[':account'].limits.$put({
          param: { account: account.id },
          json: Object.fromEntries(
            Object.entries(limits).filter(([name, value]) => value !== null || name === 'sessionLimit'),
          ),
        }),
      ),
    { done: 'The limits are set', failed: 'The limits stay as they were' },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    order.mutate(undefined);
  };
  return (
    <Card>
      <Title order={2} size="h4">
        Limits
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        Low ones are reached soon: see how your program takes 451 and 552.
      </Text>
      <form onSubmit={submit}>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          {(Object.keys(names) as (keyof Limits)[]).map((name) => (
            <NumberInput
              key={name}
              label={names[name].label}
              description={names[name].description}
              min={name === 'sessionLimit' ? 0 : 1}
              allowDecimal={false}
              thousandSeparator=","
              value={limits[name] ?? ''}
              onChange={(value) => setLimits({ ...limits, [name]: typeof value === 'number' ? value : null })}
            />
          ))}
        </SimpleGrid>
        <Group justify="flex-end" mt="md">
          <Button type="submit" variant="default" loading={order.isPending}>
            Set limits
          </Button>
        </Group>
      </form>
    </Card>
  );
}
