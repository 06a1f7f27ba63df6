import { Button, Card, Group, NumberInput, SimpleGrid, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { Account } from '../../control-api/schemas.ts';
import { bodyOf, control } from '../api/control.ts';
import { useOrder } from '../api/order.ts';
import { vocabularyQuestion } from '../api/questions.ts';

type Values = Readonly<Record<string, number | null>>;

/** The limits of the account. */
export function LimitsCard({ account }: { readonly account: Account }) {
  const { data } = useQuery(vocabularyQuestion);
  const limits = data?.limits ?? [];
  const [values, setValues] = useState<Values>(account.limits);
  const order = useOrder(
    () =>
      bodyOf(
        control.accounts[':account'].limits.$put({
          param: { account: account.id },
          // an empty field is no limit where there can be none, and else stays as it was
          json: Object.fromEntries(
            limits
              .filter(({ name, least }) => least === 0 || (values[name] ?? null) !== null)
              .map(({ name }) => [name, values[name] ?? null]),
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
        Low ones are reached soon: see how your program takes the refusals.
      </Text>
      <form onSubmit={submit}>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          {limits.map(({ name, label, meaning, least }) => (
            <NumberInput
              key={name}
              label={label}
              description={meaning}
              min={least}
              allowDecimal={false}
              thousandSeparator=","
              value={values[name] ?? ''}
              onChange={(value) => setValues({ ...values, [name]: typeof value === 'number' ? value : null })}
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
