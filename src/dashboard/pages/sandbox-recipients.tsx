import {
  ActionIcon,
  Badge,
  Button,
  Card,
  Group,
  NativeSelect,
  Stack,
  Text,
  TextInput,
  Title,
  Tooltip,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import type { Account } from '../../control-api/schemas.ts';
import { bodyOf, control } from '../api/control.ts';
import { useOrder } from '../api/order.ts';
import { recipientsQuestion, suppressionsQuestion, vocabularyQuestion } from '../api/questions.ts';
import { addressFault, isAddress } from '../parts/address.ts';

interface OfAccount {
  readonly account: Account;
}

/** Addresses, each with what takes it off the list. */
function AddressList(props: {
  readonly label: string;
  readonly items: readonly { readonly address: string; readonly note?: string }[];
  readonly onRemove: (address: string) => void;
  readonly onMore?: () => void;
}) {
  if (props.items.length === 0) return null;
  return (
    <Stack gap={0} mt="md" role="list" aria-label={props.label} className="address-list">
      {props.items.map(({ address, note }) => (
        <Group key={address} role="listitem" justify="space-between" wrap="nowrap" py={4} className="ruled">
          <Text size="sm" className="wrap-anywhere">
            {address}
          </Text>
          <Group gap={4} wrap="nowrap">
            {note !== undefined && (
              <Badge variant="default" tt="none" miw="max-content">
                {note}
              </Badge>
            )}
            <Tooltip label="Remove">
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Remove ${address}`}
                onClick={() => props.onRemove(address)}
              >
                <X size={16} />
              </ActionIcon>
            </Tooltip>
          </Group>
        </Group>
      ))}
      {props.onMore !== undefined && (
        <Button variant="subtle" size="xs" onClick={props.onMore}>
          Show more
        </Button>
      )}
    </Stack>
  );
}

/** The suppression list: who unsubscribed or complained, to read, add to and remove from. */
export function SuppressionCard({ account }: OfAccount) {
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 200);
  const question = useInfiniteQuery(suppressionsQuestion(account.id, search));
  const add = useOrder(
    (address: string) =>
      bodyOf(
        control.accounts[':account'].suppressions.$post({
          param: { account: account.id },
          json: { address },
        }),
      ),
    { done: 'The address is on the suppression list', failed: 'The address was not added' },
  );
  const remove = useOrder(
    (address: string) =>
      bodyOf(
        control.accounts[':account'].suppressions[':address'].$delete({
          param: { account: account.id, address: encodeURIComponent(address) },
        }),
      ),
    { done: 'The address is off the suppression list', failed: 'The address stays on the list' },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(typed.trim(), { onSuccess: () => setTyped('') });
  };
  const addresses = (question.data?.pages ?? []).flatMap((page) => page.addresses);
  return (
    <Card>
      <Title order={2} size="h4">
        Suppression list
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        Who unsubscribed or complained. Mail to them is refused.
      </Text>
      <form onSubmit={submit}>
        <Group align="flex-end" gap="sm">
          <TextInput
            label="Search, or add an address"
            placeholder="anna@example.org"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            maxLength={200}
            flex={1}
          />
          <Button type="submit" variant="default" disabled={!isAddress(typed)} loading={add.isPending}>
            Add
          </Button>
        </Group>
      </form>
      {question.data !== undefined && addresses.length === 0 && (
        <Text size="sm" c="dimmed" mt="md">
          {search === '' ? 'Nobody is on it.' : 'Nobody on it has this in the address.'}
        </Text>
      )}
      <AddressList
        label="Suppressed addresses"
        items={addresses.map((address) => ({ address }))}
        onRemove={(address) => remove.mutate(address)}
        {...(question.hasNextPage && { onMore: () => void question.fetchNextPage() })}
      />
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
          json,
        }),
      ),
    { done: `${address} has its role`, failed: 'The recipient stays as it was' },
  );
  const known = useInfiniteQuery(recipientsQuestion(account.id));
  const forget = useOrder(
    (wanted: string) =>
      bodyOf(
        control.accounts[':account'].recipients[':address'].$delete({
          param: { account: account.id, address: encodeURIComponent(wanted) },
        }),
      ),
    { done: 'The address is like any other again', failed: 'The recipient stays as it was' },
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
            error={addressFault(address)}
          />
          <NativeSelect
            label="Role"
            description={chosen?.meaning}
            data={roles.map(({ name }) => name)}
            value={chosen?.name ?? ''}
            onChange={(event) => setRole(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button type="submit" variant="default" disabled={!isAddress(address)} loading={order.isPending}>
              Set role
            </Button>
          </Group>
        </Stack>
      </form>
      <AddressList
        label="Addresses with a role"
        items={(known.data?.pages ?? []).flatMap((page) =>
          page.recipients.map((each) => ({ address: each.address, note: each.role })),
        )}
        onRemove={(each) => forget.mutate(each)}
        {...(known.hasNextPage && { onMore: () => void known.fetchNextPage() })}
      />
    </Card>
  );
}
