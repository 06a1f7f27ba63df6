import { Button, Card, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { RotateCcw } from 'lucide-react';
import type { Account } from '../../control-api/schemas.ts';
import { bodyOf, control } from '../api/control.ts';
import { useOrder } from '../api/order.ts';
import { Confirm } from '../parts/confirm.tsx';

/** Undoes all that this page arranges. */
export function ResetCard({ account }: { readonly account: Account }) {
  const [isOpen, { open, close }] = useDisclosure();
  const order = useOrder(
    () => bodyOf(control.accounts[':account'].reset.$post({ param: { account: account.id } })),
    { done: 'The account is reset', failed: 'The account was not reset' },
  );
  return (
    <Card>
      <Title order={2} size="h4">
        Reset
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        Undo all that was arranged here, before the next test.
      </Text>
      <Button
        variant="default"
        leftSection={<RotateCcw size={18} aria-hidden />}
        onClick={open}
        style={{ alignSelf: 'flex-start' }}
      >
        Reset the account
      </Button>
      <Confirm
        opened={isOpen}
        title="Reset the account?"
        action="Reset"
        isLoss
        isPending={order.isPending}
        onConfirm={() => order.mutate(undefined, { onSettled: close })}
        onClose={close}
      >
        <Text size="sm">
          Triggers, roles, the suppression list, limits, blocks, login locks and outages go, and a frozen
          clock runs again. Domains, connections, balance and history stay.
        </Text>
      </Confirm>
    </Card>
  );
}
