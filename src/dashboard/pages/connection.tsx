import { Alert, Button, Card, Grid, Group, NumberInput, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Ban, ChartColumn, History, KeyRound } from 'lucide-react';
import { useState } from 'react';
import type { Account, Connection } from '../../control-api/schemas.ts';
import { bodyOf, control } from '../api/control.ts';
import { useOrder } from '../api/order.ts';
import { accountQuestion, connectionQuestion } from '../api/questions.ts';
import { Confirm } from '../parts/confirm.tsx';
import { Link, LinkButton } from '../parts/links.tsx';
import { Answered, Page } from '../parts/page.tsx';
import { counted, State, useTone } from '../parts/words.tsx';
import {
  ConnectionData,
  targetOf,
  useChosenListener,
  useGoodRecipient,
} from '../snippets/connection-data.tsx';
import { SnippetTabs } from '../snippets/snippet-tabs.tsx';
import { WhyBlocked } from './connection-blocked.tsx';

const route = getRouteApi('/accounts/$account/connections/$connection');

/** The card of a connection. */
export function ConnectionPage() {
  const { account, connection } = route.useParams();
  const accountAnswer = useQuery(accountQuestion(account));
  const question = useQuery(connectionQuestion(account, connection));
  return (
    <Page
      title={question.data?.name ?? 'Connection'}
      lead={
        question.data !== undefined && (
          <Group gap="xs">
            <State kind="connectionStatuses" state={question.data.status} />
            <span className="wrap-anywhere">{question.data.sender}</span>
          </Group>
        )
      }
      actions={
        <>
          <LinkButton
            to="/accounts/$account/statistics"
            params={{ account }}
            search={{ connection }}
            variant="default"
            leftSection={<ChartColumn size={18} aria-hidden />}
          >
            Statistics
          </LinkButton>
          <LinkButton
            to="/accounts/$account/history"
            params={{ account }}
            search={{ connection }}
            variant="default"
            leftSection={<History size={18} aria-hidden />}
          >
            Send history
          </LinkButton>
        </>
      }
    >
      <Answered question={question} what="The connection">
        {(shown) => (
          <Answered question={accountAnswer} what="The account">
            {(owner) => <ConnectionCard account={owner} connection={shown} />}
          </Answered>
        )}
      </Answered>
    </Page>
  );
}

function ConnectionCard(props: { readonly account: Account; readonly connection: Connection }) {
  const { account, connection } = props;
  const { listeners, chosen, choose } = useChosenListener(account);
  const recipient = useGoodRecipient();
  return (
    <Stack gap="lg">
      <StatusNote account={account} connection={connection} />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="lg">
            <Card>
              <Title order={2} size="h4" mb="md">
                Connection data
              </Title>
              {chosen !== undefined && (
                <ConnectionData
                  connection={connection}
                  listeners={listeners}
                  chosen={chosen}
                  onChoose={choose}
                />
              )}
              <NewPassword account={account.id} connection={connection} />
            </Card>
            <SendLimit account={account.id} connection={connection} key={connection.sendLimit} />
            <SupportCard account={account.id} connection={connection} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Card>
            <Title order={2} size="h4" mb="md">
              Send with it
            </Title>
            {chosen !== undefined && <SnippetTabs target={targetOf(chosen, connection, recipient)} />}
          </Card>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

/** Why the connection cannot send, where it cannot. */
function StatusNote({ account, connection }: { readonly account: Account; readonly connection: Connection }) {
  const connectionTone = useTone('connectionStatuses');
  const domainTone = useTone('domainStates');
  if (connectionTone(connection.status) === 'bad')
    return <WhyBlocked account={account.id} connection={connection} />;
  const domain = connection.sender.slice(connection.sender.lastIndexOf('@') + 1).toLowerCase();
  const own = account.domains.find(({ name }) => name.toLowerCase() === domain);
  if (own === undefined || domainTone(own.state) === 'good') return null;
  return (
    <Alert color="yellow" title={`${own.name} is not verified`}>
      Mail from this connection is refused until it is.{' '}
      <Link to="/accounts/$account/domains/$domain" params={{ account: account.id, domain: own.name }}>
        Publish its records and verify it
      </Link>
    </Alert>
  );
}

function NewPassword({ account, connection }: { readonly account: string; readonly connection: Connection }) {
  const [isOpen, { open, close }] = useDisclosure();
  const order = useOrder(
    () =>
      bodyOf(
        control.accounts[':account'].connections[':connection'].password.$post({
          param: { account, connection: connection.id },
        }),
      ),
    { done: 'The connection has a new password', failed: 'The password stays as it was' },
  );
  return (
    <>
      <Button
        variant="default"
        mt="md"
        fullWidth
        leftSection={<KeyRound size={18} aria-hidden />}
        onClick={open}
      >
        Generate a new password
      </Button>
      <Confirm
        opened={isOpen}
        title="Generate a new password?"
        action="Generate"
        isPending={order.isPending}
        onConfirm={() => order.mutate(undefined, { onSettled: close })}
        onClose={close}
      >
        <Text size="sm">
          The password of “{connection.name}” stops at once. Programs that use it are refused until they have
          the new one.
        </Text>
      </Confirm>
    </>
  );
}

function SendLimit({ account, connection }: { readonly account: string; readonly connection: Connection }) {
  const [limit, setLimit] = useState<number | ''>(connection.sendLimit ?? '');
  const order = useOrder(
    (wanted: number | null) =>
      bodyOf(
        control.accounts[':account'].connections[':connection']['send-limit'].$put({
          param: { account, connection: connection.id },
          json: { limit: wanted },
        }),
      ),
    { done: 'The send limit is set', failed: 'The send limit stays as it was' },
  );
  return (
    <Card>
      <Title order={2} size="h4">
        Sends
      </Title>
      <Text c="dimmed" size="sm" mb="md">
        {counted(connection.sendsUsed)} used
        {connection.sendLimit === null ? ', no limit' : ` of ${counted(connection.sendLimit)}`}
      </Text>
      <Group align="flex-end" gap="sm">
        <NumberInput
          label="Limit"
          description="Empty is no limit"
          min={0}
          allowDecimal={false}
          thousandSeparator=","
          value={limit}
          onChange={(value) => setLimit(typeof value === 'number' ? value : '')}
          flex={1}
        />
        <Button
          variant="default"
          loading={order.isPending}
          onClick={() => order.mutate(limit === '' ? null : limit)}
        >
          Set
        </Button>
      </Group>
    </Card>
  );
}

function SupportCard({ account, connection }: { readonly account: string; readonly connection: Connection }) {
  const order = useOrder(
    () =>
      bodyOf(
        control.accounts[':account'].connections[':connection'].block.$put({
          param: { account, connection: connection.id },
          json: { blocked: true },
        }),
      ),
    { done: 'The connection is blocked', failed: 'The connection is not blocked' },
  );
  if (useTone('connectionStatuses')(connection.status) === 'bad') return null;
  return (
    <Card>
      <Title order={2} size="h4">
        As support
      </Title>
      <Text c="dimmed" size="sm" mb="md">
        See how your program takes a blocked connection.
      </Text>
      <Button
        variant="light"
        color="red"
        leftSection={<Ban size={18} aria-hidden />}
        loading={order.isPending}
        onClick={() => order.mutate(undefined)}
      >
        Block this connection
      </Button>
    </Card>
  );
}
