import { Button, Group, Popover, Text, TextInput } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ChevronDown, Search } from 'lucide-react';
import { useState } from 'react';
import { accountQuestion, accountsQuestion } from '../api/questions.ts';
import { LinkNav } from '../parts/links.tsx';
import { counted } from '../parts/words.tsx';

const route = getRouteApi('/accounts/$account');

/** The account that is shown, its balance, and the way to another. */
export function AccountMenu() {
  const { account } = route.useParams();
  const { data, error } = useQuery(accountQuestion(account));
  // what an account had before it was gone is no balance
  const shown = error === null ? data : undefined;
  const [isOpen, { open, close, toggle }] = useDisclosure();
  const [search, setSearch] = useState('');
  const [wanted] = useDebouncedValue(search.trim(), 200);
  const { data: found } = useQuery(accountsQuestion(wanted === '' ? undefined : wanted));
  const name = shown?.connections[0]?.name ?? account;
  return (
    // not a menu: a menu may hold no field
    <Popover
      width={300}
      position="bottom-end"
      shadow="md"
      opened={isOpen}
      onChange={(opened) => (opened ? open() : close())}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Button
          variant="default"
          px="sm"
          rightSection={<ChevronDown size={16} aria-hidden />}
          title="Change the account"
          onClick={toggle}
        >
          <Group gap={8} wrap="nowrap">
            <Text size="sm" fw={600} truncate maw={140} visibleFrom="xs" dir="auto">
              {name}
            </Text>
            <Text size="sm" c="dimmed" className="numbers" data-balance>
              {shown === undefined ? '…' : `${counted(shown.balance)} sends`}
            </Text>
          </Group>
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={6}>
        <TextInput
          label="Accounts"
          placeholder="Name, login, domain or id"
          leftSection={<Search size={16} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          data-autofocus
          mb={4}
        />
        {(found?.accounts ?? []).slice(0, 12).map(({ id, balance, firstConnection }) => (
          <LinkNav
            key={id}
            to="/accounts/$account"
            params={{ account: id }}
            activeOptions={{ exact: false }}
            activeProps={{ active: true }}
            onClick={close}
            // the library's own is too pale on the ground of the active one
            styles={{ description: { color: 'var(--mantine-color-text)' } }}
            label={
              <Text size="sm" fw={id === account ? 700 : 500} truncate dir="auto">
                {firstConnection?.name ?? id}
              </Text>
            }
            description={`${counted(balance)} sends · ${id}`}
          />
        ))}
        {found?.accounts.length === 0 && (
          <Text size="sm" c="dimmed" p="xs">
            No account has this in its names.
          </Text>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
