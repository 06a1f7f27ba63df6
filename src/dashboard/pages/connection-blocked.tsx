import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Ban } from 'lucide-react';
import type { Connection } from '../../control-api/schemas.ts';
import { bodyOf, control } from '../api/control.ts';
import { badOutcomesQuestion } from '../api/history-questions.ts';
import { useOrder } from '../api/order.ts';
import { vocabularyQuestion } from '../api/questions.ts';
import { Link } from '../parts/links.tsx';
import { Instant, State } from '../parts/words.tsx';

/** Why a connection is blocked, with the outcomes that did it, and the way out. */
export function WhyBlocked({
  account,
  connection,
}: {
  readonly account: string;
  readonly connection: Connection;
}) {
  const { data: words } = useQuery(vocabularyQuestion);
  const statuses = (words?.emailStatuses ?? []).filter(({ blocks }) => blocks).map(({ name }) => name);
  const { data: outcomes } = useQuery(badOutcomesQuestion(account, connection.id, statuses));
  const order = useOrder(
    () =>
      bodyOf(
        control.accounts[':account'].connections[':connection'].block.$put({
          param: { account, connection: connection.id },
          json: { blocked: false },
        }),
      ),
    { done: 'The connection is unblocked', failed: 'The connection stays blocked' },
  );
  return (
    <Alert color="red" title="This connection is blocked" icon={<Ban aria-hidden />}>
      <Stack gap="sm" align="flex-start">
        {outcomes === undefined || outcomes.length === 0 ? (
          <Text size="sm">
            None of its mails was refused by a mailbox, so it was blocked by hand, as support does.
          </Text>
        ) : (
          <>
            <Text size="sm">
              It was blocked by support, or for too many sends to mailboxes that do not exist or refuse mail.
              Its latest ones:
            </Text>
            <List size="sm" spacing={4}>
              {outcomes.map((each) => (
                <List.Item key={each.id}>
                  <Group gap={6}>
                    <Link
                      to="/accounts/$account/history/$email"
                      params={{ account, email: each.id }}
                      size="sm"
                      className="wrap-anywhere"
                    >
                      {each.recipient}
                    </Link>
                    <State kind="emailStatuses" state={each.status} />
                    <Text size="sm" c="dimmed">
                      <Instant at={each.time} />
                    </Text>
                  </Group>
                </List.Item>
              ))}
            </List>
          </>
        )}
        <Button size="sm" color="red.9" loading={order.isPending} onClick={() => order.mutate(undefined)}>
          Unblock, as support does
        </Button>
      </Stack>
    </Alert>
  );
}
