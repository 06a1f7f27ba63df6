import { ActionIcon, Text, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Trash2 } from 'lucide-react';
import { useOrder } from '../api/order.ts';
import { Confirm } from './confirm.tsx';

/** A small button that removes something once it was asked for twice. */
export function Remove(props: {
  /** What is removed, as it is called. */
  readonly name: string;
  /** What comes of it. */
  readonly consequence: string;
  readonly remove: () => Promise<unknown>;
}) {
  const { name, consequence, remove } = props;
  const [isOpen, { open, close }] = useDisclosure();
  const order = useOrder(remove, { done: `${name} is removed`, failed: `${name} was not removed` });
  return (
    <>
      <Tooltip label="Remove">
        <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${name}`} onClick={open}>
          <Trash2 size={16} />
        </ActionIcon>
      </Tooltip>
      <Confirm
        opened={isOpen}
        title={`Remove ${name}?`}
        action="Remove"
        isLoss
        isPending={order.isPending}
        onConfirm={() => order.mutate(undefined, { onSettled: close })}
        onClose={close}
      >
        <Text size="sm">{consequence}</Text>
      </Confirm>
    </>
  );
}
