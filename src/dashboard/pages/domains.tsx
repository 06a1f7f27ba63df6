import {
  Button,
  Card,
  Grid,
  Group,
  Stack,
  Table,
  Text,
  TextInput,
  Title,
  VisuallyHidden,
} from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { AtSign, Globe } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import type { DomainPage, SenderPage } from '../../control-api/keyed-list-schemas.ts';
import { bodyOf, control } from '../api/control.ts';
import { useOrder } from '../api/order.ts';
import { domainsQuestion, sendersQuestion } from '../api/questions.ts';
import { addressFault, isAddress } from '../parts/address.ts';
import { Link } from '../parts/links.tsx';
import { MoreRows } from '../parts/more-rows.tsx';
import { Answered, Empty, Page } from '../parts/page.tsx';
import { Remove } from '../parts/remove.tsx';
import { many, State } from '../parts/words.tsx';

const route = getRouteApi('/accounts/$account/domains');

/** Domains and the senders on them. */
export function DomainsPage() {
  const { account } = route.useParams();
  return (
    <Page
      title="Domains and senders"
      lead="Mail is taken from addresses of your domains, once each domain has published its records and is verified."
    >
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Domains account={account} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Senders account={account} />
        </Grid.Col>
      </Grid>
    </Page>
  );
}

function Domains({ account }: { readonly account: string }) {
  const question = useInfiniteQuery(domainsQuestion(account));
  return (
    <Card h="100%">
      <Title order={2} size="h4" mb="md">
        Domains
      </Title>
      <Answered question={question} what="The domains">
        {({ pages }) => <DomainTable account={account} domains={pages.flatMap(({ domains }) => domains)} />}
      </Answered>
      <MoreRows question={question} label="Show more domains" />
      <AddDomain account={account} />
    </Card>
  );
}

function DomainTable(props: { readonly account: string; readonly domains: DomainPage['domains'] }) {
  const { account, domains } = props;
  if (domains.length === 0) {
    return (
      <Empty icon={Globe} title="No domain yet">
        Add the domain from which your mail comes.
      </Empty>
    );
  }
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Domain</Table.Th>
          <Table.Th w={100}>State</Table.Th>
          <Table.Th w={44}>
            <VisuallyHidden>Remove</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {domains.map(({ name, state }) => (
          <Table.Tr key={name}>
            <Table.Td>
              <Link
                to="/accounts/$account/domains/$domain"
                params={{ account, domain: name }}
                fw={600}
                size="sm"
                className="wrap-anywhere"
                dir="auto"
                lineClamp={3}
                title={name}
              >
                {name}
              </Link>
            </Table.Td>
            <Table.Td>
              <State kind="domainStates" state={state} />
            </Table.Td>
            <Table.Td>
              <Remove
                name={name}
                consequence="Its senders go too, and mail from its addresses is refused. Connections stay."
                remove={() =>
                  bodyOf(
                    control.accounts[':account'].domains[':domain'].$delete({
                      param: { account, domain: encodeURIComponent(name) },
                    }),
                  )
                }
              />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function AddDomain({ account }: { readonly account: string }) {
  const [name, setName] = useState('');
  const { data } = useInfiniteQuery(domainsQuestion(account));
  const isThere = (data?.pages ?? []).some(({ domains }) =>
    domains.some((domain) => domain.name === name.trim().toLowerCase()),
  );
  const navigate = useNavigate();
  const order = useOrder(
    (domain: string) =>
      bodyOf(
        control.accounts[':account'].domains.$put({
          param: { account },
          json: { name: domain },
        }),
      ),
    { failed: 'The domain was not added' },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const domain = name.trim().toLowerCase();
    order.mutate(domain, {
      onSuccess: () => navigate({ to: '/accounts/$account/domains/$domain', params: { account, domain } }),
    });
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-end" mt="lg" gap="sm">
        <TextInput
          label="Add a domain"
          placeholder="shop.example"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={isThere ? 'This domain is there already.' : undefined}
          flex={1}
          maxLength={255}
        />
        <Button type="submit" loading={order.isPending} disabled={name.trim() === '' || isThere}>
          Add domain
        </Button>
      </Group>
    </form>
  );
}

function Senders({ account }: { readonly account: string }) {
  const question = useInfiniteQuery(sendersQuestion(account));
  return (
    <Card h="100%">
      <Title order={2} size="h4" mb="md">
        Senders
      </Title>
      <Answered question={question} what="The senders">
        {({ pages }) => <SenderList account={account} senders={pages.flatMap(({ senders }) => senders)} />}
      </Answered>
      <MoreRows question={question} label="Show more senders" />
      <AddSender account={account} />
    </Card>
  );
}

function SenderList(props: { readonly account: string; readonly senders: SenderPage['senders'] }) {
  const { account, senders } = props;
  if (senders.length === 0) {
    return (
      <Empty icon={AtSign} title="No sender yet">
        A sender is an address on one of your domains.
      </Empty>
    );
  }
  return (
    <Stack gap={0} role="list" aria-label="Senders">
      {senders.map(({ address, connections }) => (
        <Group
          key={address}
          role="listitem"
          justify="space-between"
          wrap="nowrap"
          py={6}
          gap="sm"
          className="ruled"
        >
          <Stack gap={0} miw={0}>
            <Text className="wrap-anywhere" dir="auto">
              {address}
            </Text>
            <Text size="xs" c="dimmed">
              {connections === 0 ? 'no connection uses it' : many(connections, 'connection')}
            </Text>
          </Stack>
          <Remove
            name={address}
            consequence="No new connection can be created with it. Connections that use it stay."
            remove={() =>
              bodyOf(
                control.accounts[':account'].senders[':address'].$delete({
                  param: { account, address: encodeURIComponent(address) },
                }),
              )
            }
          />
        </Group>
      ))}
    </Stack>
  );
}

function AddSender({ account }: { readonly account: string }) {
  const [address, setAddress] = useState('');
  const { data } = useInfiniteQuery(sendersQuestion(account));
  const isThere = (data?.pages ?? []).some(({ senders }) =>
    senders.some((sender) => sender.address === address.trim()),
  );
  const order = useOrder(
    (sender: string) =>
      bodyOf(control.accounts[':account'].senders.$post({ param: { account }, json: { address: sender } })),
    { done: 'The sender is added', failed: 'The sender was not added' },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    order.mutate(address.trim(), { onSuccess: () => setAddress('') });
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-end" mt="lg" gap="sm">
        <TextInput
          label="Add a sender"
          placeholder="orders@shop.example"
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
          error={isThere ? 'This sender is there already.' : addressFault(address)}
          flex={1}
          maxLength={320}
        />
        <Button type="submit" loading={order.isPending} disabled={!isAddress(address) || isThere}>
          Add sender
        </Button>
      </Group>
    </form>
  );
}
