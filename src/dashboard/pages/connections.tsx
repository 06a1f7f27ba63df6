import { Card, Stack, Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { PlugZap, Plus } from 'lucide-react';
import type { ConnectionPage } from '../../control-api/listing-schemas.ts';
import { connectionsQuestion } from '../api/questions.ts';
import { Link, LinkButton } from '../parts/links.tsx';
import { Answered, Empty, Page } from '../parts/page.tsx';
import { MoreRows } from '../parts/more-rows.tsx';
import { counted, Instant, State } from '../parts/words.tsx';

const route = getRouteApi('/accounts/$account/connections');

type Summary = ConnectionPage['connections'][number];

/** The SMTP connections of an account. */
export function ConnectionsPage() {
  const { account } = route.useParams();
  const question = useInfiniteQuery(connectionsQuestion(account));
  const create = (
    <LinkButton
      to="/accounts/$account/connections/new"
      params={{ account }}
      leftSection={<Plus size={18} aria-hidden />}
    >
      Create connection
    </LinkButton>
  );
  return (
    <Page
      title="SMTP connections"
      lead="Each connection has a login and a password of its own. Open one to copy them."
      actions={create}
    >
      <Card padding={0}>
        <Answered question={question} what="The connections">
          {({ pages }) => {
            const connections = pages.flatMap((page) => page.connections);
            return connections.length === 0 ? (
              <Empty icon={PlugZap} title="No connection yet" action={create}>
                A connection gives your program its login and password.
              </Empty>
            ) : (
              <ConnectionTable account={account} connections={connections} />
            );
          }}
        </Answered>
      </Card>
      <MoreRows question={question} label="Show more" />
    </Page>
  );
}

function ConnectionTable({
  account,
  connections,
}: {
  readonly account: string;
  readonly connections: readonly Summary[];
}) {
  return (
    <Table highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Name</Table.Th>
          <Table.Th visibleFrom="sm">Sender</Table.Th>
          <Table.Th>Status</Table.Th>
          <Table.Th ta="right">Sends</Table.Th>
          <Table.Th visibleFrom="md">Last use</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {connections.map((each) => (
          <Table.Tr key={each.id}>
            <Table.Td miw={0}>
              <Stack gap={0}>
                <Link
                  to="/accounts/$account/connections/$connection"
                  params={{ account, connection: each.id }}
                  fw={600}
                  className="wrap-anywhere"
                  dir="auto"
                  lineClamp={3}
                  title={each.name}
                >
                  {each.name}
                </Link>
                <Text size="xs" c="dimmed" hiddenFrom="sm" className="wrap-anywhere" lineClamp={2}>
                  {each.sender}
                </Text>
              </Stack>
            </Table.Td>
            <Table.Td visibleFrom="sm">
              <Text size="sm" className="wrap-anywhere" lineClamp={3} title={each.sender}>
                {each.sender}
              </Text>
            </Table.Td>
            <Table.Td>
              <State kind="connectionStatuses" state={each.status} />
            </Table.Td>
            <Table.Td ta="right" className="numbers">
              {counted(each.sends)}
              {each.sendLimit !== null && (
                <Text span size="sm" c="dimmed">
                  {' '}
                  / {counted(each.sendLimit)}
                </Text>
              )}
            </Table.Td>
            <Table.Td visibleFrom="md" className="one-line">
              {each.lastUsed === null ? (
                <Text size="sm" c="dimmed">
                  not yet
                </Text>
              ) : (
                <Instant at={each.lastUsed} />
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
