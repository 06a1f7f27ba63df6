import { Button, Group, Menu, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { ChevronDown, Search } from 'lucide-react';
import { useState } from 'react';
import { accountQuestion, accountsQuestion } from '../api/questions.ts';
import { counted } from '../parts/words.tsx';

const route = getRouteApi('/accounts/$account');

/** The account that is shown, its balance, and the way to another. */
export function AccountMenu() {
  const { account } = route.useParams();
  const { data: shown } = useQuery(accountQuestion(account));
  const [search, setSearch] = useState('');
  const [wanted] = useDebouncedValue(search.trim(), 200);
  const { data: found } = useQuery(accountsQuestion(wanted === '' ? undefined : wanted));
  const navigate = useNavigate();
  const name = shown?.connections[0]?.name ?? account;
  return (
    <Menu width={300} position="bottom-end" shadow="md">
      <Menu.Target>
        <Button
          variant="default"
          px="sm"
          rightSection={<ChevronDown size={16} aria-hidden />}
          title="Change the account"
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
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Accounts</Menu.Label>
        <TextInput
          placeholder="Name, login, domain or id"
          aria-label="Search for an account"
          leftSection={<Search size={16} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          mb={4}
        />
        {(found?.accounts ?? []).slice(0, 12).map(({ id, balance, firstConnection }) => (
          <Menu.Item
            key={id}
            onClick={() => void navigate({ to: '/accounts/$account', params: { account: id } })}
          >
            <Text size="sm" fw={id === account ? 700 : 500} truncate dir="auto">
              {firstConnection?.name ?? id}
            </Text>
            <Text size="xs" c="dimmed" truncate>
              {counted(balance)} sends · {id}
            </Text>
          </Menu.Item>
        ))}
        {found?.accounts.length === 0 && (
          <Text size="sm" c="dimmed" p="xs">
            No account has this in its names.
          </Text>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
