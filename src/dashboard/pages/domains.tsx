import { Button, Card, Grid, Group, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { AtSign, Globe } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import type { Account } from '../../control-api/schemas.ts';
import { bodyOf, control } from '../api/control.ts';
import { useOrder } from '../api/order.ts';
import { accountQuestion } from '../api/questions.ts';
import { Link } from '../parts/links.tsx';
import { Answered, Empty, Page } from '../parts/page.tsx';
import { State } from '../parts/words.tsx';

const route = getRouteApi('/accounts/$account/domains');

/** Domains and the senders on them. */
export function DomainsPage() {
  const { account } = route.useParams();
  const question = useQuery(accountQuestion(account));
  return (
    <Page
      title="Domains and senders"
      lead="Mail is taken from addresses of your domains, once each domain has published its records and is verified."
    >
      <Answered question={question} what="The account">
        {(shown) => (
          <Grid gap="lg">
            <Grid.Col span={{ base: 12, md: 7 }}>
              <Domains account={shown} />
            </Grid.Col>
            <Grid.Col span={{ base: 12, md: 5 }}>
              <Senders account={shown} />
            </Grid.Col>
          </Grid>
        )}
      </Answered>
    </Page>
  );
}

function Domains({ account }: { readonly account: Account }) {
  const [name, setName] = useState('');
  const navigate = useNavigate();
  const order = useOrder(
    (domain: string) =>
      bodyOf(
        control.accounts[':account'].domains.$put({
          param: { account: account.id },
          json: { name: domain, state: 'unverified' },
        }),
      ),
    { failed: 'The domain was not added' },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const domain = name.trim().toLowerCase();
    order.mutate(domain, {
      onSuccess: () =>
        navigate({ to: '/accounts/$account/domains/$domain', params: { account: account.id, domain } }),
    });
  };
  return (
    <Card h="100%">
      <Title order={2} size="h4" mb="md">
        Domains
      </Title>
      {account.domains.length === 0 ? (
        <Empty icon={Globe} title="No domain yet">
          Add the domain from which your mail comes.
        </Empty>
      ) : (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Domain</Table.Th>
              <Table.Th>State</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {account.domains.map((domain) => (
              <Table.Tr key={domain.name}>
                <Table.Td>
                  <Link
                    to="/accounts/$account/domains/$domain"
                    params={{ account: account.id, domain: domain.name }}
                    fw={600}
                    className="wrap-anywhere"
                  >
                    {domain.name}
                  </Link>
                </Table.Td>
                <Table.Td>
                  <State state={domain.state} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <form onSubmit={submit}>
        <Group align="flex-end" mt="lg" gap="sm">
          <TextInput
            label="Add a domain"
            placeholder="shop.example"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            flex={1}
            maxLength={255}
          />
          <Button type="submit" loading={order.isPending} disabled={name.trim() === ''}>
            Add domain
          </Button>
        </Group>
      </form>
    </Card>
  );
}

function Senders({ account }: { readonly account: Account }) {
  const [address, setAddress] = useState('');
  const order = useOrder(
    (sender: string) =>
      bodyOf(
        control.accounts[':account'].senders.$post({
          param: { account: account.id },
          json: { address: sender },
        }),
      ),
    { done: 'The sender is added', failed: 'The sender was not added' },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    order.mutate(address.trim(), { onSuccess: () => setAddress('') });
  };
  return (
    <Card h="100%">
      <Title order={2} size="h4" mb="md">
        Senders
      </Title>
      {account.senders.length === 0 ? (
        <Empty icon={AtSign} title="No sender yet">
          A sender is an address on one of your domains.
        </Empty>
      ) : (
        <Stack gap={0}>
          {account.senders.map((sender) => (
            <Text key={sender} py={8} className="wrap-anywhere ruled">
              {sender}
            </Text>
          ))}
        </Stack>
      )}
      <form onSubmit={submit}>
        <Group align="flex-end" mt="lg" gap="sm">
          <TextInput
            label="Add a sender"
            placeholder={`orders@${account.domains[0]?.name ?? 'shop.example'}`}
            value={address}
            onChange={(event) => setAddress(event.currentTarget.value)}
            flex={1}
            maxLength={320}
          />
          <Button type="submit" loading={order.isPending} disabled={!address.includes('@')}>
            Add sender
          </Button>
        </Group>
      </form>
    </Card>
  );
}
