import { Button, Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';

/** Asks before an order that cannot be taken back: what it is, what comes of it, and two buttons. */
export function Confirm(props: {
  readonly opened: boolean;
  /** The order as a question. */
  readonly title: string;
  /** What comes of it. */
  readonly children: ReactNode;
  /** The order as the word on its button. */
  readonly action: string;
  /** Whether something is lost by it. */
  readonly isLoss?: boolean;
  readonly isPending: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
      // the header of a dialog is not the banner of the page
      attributes={{ header: { role: 'presentation' } }}
    >
      {props.children}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={props.onClose}>
          Cancel
        </Button>
        <Button
          loading={props.isPending}
          onClick={props.onConfirm}
          data-autofocus
          {...(props.isLoss === true && { color: 'red.9' })}
        >
          {props.action}
        </Button>
      </Group>
    </Modal>
  );
}
