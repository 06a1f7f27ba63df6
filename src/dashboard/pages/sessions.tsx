import { Button, Card, Group, SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Cable, Lock } from 'lucide-react';
import { useState } from 'react';
import type { SessionPage } from '../../control-api/history-schemas.ts';
import { sessionsQuestion } from '../api/session-questions.ts';
import { Link } from '../parts/links.tsx';
import { Answered, Empty, Page } from '../parts/page.tsx';
import { SendFirst } from '../parts/send-first.tsx';
import { Instant, State, useTone } from '../parts/words.tsx';

const route = getRouteApi('/accounts/$account/sessions');

type Session = SessionPage['sessions'][number];

/** How many rows are shown until more are asked for. */
const SHOWN = 50;

/** What clients said and heard: every session, refused ones too. */
export function SessionsPage() {
  const { account } = route.useParams();
  const { only } = route.useSearch();
  const navigate = route.useNavigate();
  const question = useQuery(sessionsQuestion(account));
  const toneOf = useTone('sessionOutcomes');
  const [shown, setShown] = useState(SHOWN);
  return (
    <Page
      title="Sessions"
      lead="Each connection that a client opened, as it happens. Open one to see what was said, and why it was refused."
      actions={
        <SegmentedControl
          aria-label="Which sessions"
          data={[
            { value: '', label: 'All' },
            { value: 'refused', label: 'Refused' },
          ]}
          value={only ?? ''}
          onChange={(value) =>
            void navigate({ search: value === 'refused' ? { only: 'refused' } : {}, replace: true })
          }
        />
      }
    >
      <Answered question={question} what="The sessions">
        {(sessions) => {
          const rows = sessions.filter(({ outcome }) => only === undefined || toneOf(outcome.word) === 'bad');
          return (
            <>
              <Card padding={0}>
                {rows.length === 0 ? (
                  <Empty
                    icon={Cable}
                    title={only === undefined ? 'No session yet' : 'No session was refused'}
                    action={<SendFirst account={account} />}
                  >
                    {only === undefined
                      ? 'A session appears here as soon as a client connects, before it says a word.'
                      : 'Log in with a wrong password, or send to a recipient that is refused, and see it here.'}
                  </Empty>
                ) : (
                  <SessionTable account={account} rows={rows.slice(0, shown)} />
                )}
              </Card>
              {rows.length > shown && (
                <Group justify="center">
                  <Button variant="default" onClick={() => setShown(shown + SHOWN)}>
                    Show older sessions
                  </Button>
                </Group>
              )}
            </>
          );
        }}
      </Answered>
    </Page>
  );
}

function SessionTable(props: { readonly account: string; readonly rows: readonly Session[] }) {
  return (
    <Table highlightOnHover layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={210} visibleFrom="md">
            Began
          </Table.Th>
          <Table.Th w={100}>Port</Table.Th>
          <Table.Th>Outcome</Table.Th>
          <Table.Th visibleFrom="sm">Rule</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {props.rows.map((session) => (
          <Table.Tr key={session.id}>
            <Table.Td visibleFrom="md">
              <Text size="sm" c="dimmed">
                <Instant at={session.startedAt} />
              </Text>
            </Table.Td>
            <Table.Td>
              <Group gap={6} wrap="nowrap">
                {session.port}
                {session.entries.some(({ kind }) => kind === 'tls') && (
                  <Lock size={14} aria-label="with TLS" />
                )}
              </Group>
            </Table.Td>
            <Table.Td>
              <Stack gap={4} align="flex-start">
                <State kind="sessionOutcomes" state={session.outcome.word} />
                <Link
                  to="/accounts/$account/sessions/$session"
                  params={{ account: props.account, session: session.id }}
                  size="sm"
                  ff="monospace"
                  lineClamp={2}
                  className="wrap-anywhere"
                >
                  {session.outcome.text === '' ? 'Transcript' : session.outcome.text}
                </Link>
              </Stack>
            </Table.Td>
            <Table.Td visibleFrom="sm">
              <Text size="sm" c="dimmed" className="wrap-anywhere">
                {session.outcome.rule}
              </Text>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
