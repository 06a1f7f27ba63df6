import { ActionIcon, Card, Code, Table, Text, Title, Tooltip, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import type { Account } from '../../control-api/schemas.ts';
import type { Trigger } from '../../control-api/trigger-schemas.ts';
import { bodyOf, control } from '../api/control.ts';
import { useOrder } from '../api/order.ts';
import { triggersQuestion } from '../api/questions.ts';
import { Answered } from '../parts/page.tsx';
import { counted } from '../parts/words.tsx';
import { AddTrigger } from './sandbox-trigger-form.tsx';

/** Behaviour that is forced: listed with what is left of it, added and removed. */
export function TriggersCard({ account }: { readonly account: Account }) {
  const question = useQuery(triggersQuestion(account.id));
  return (
    <Card>
      <Title order={2} size="h4">
        Triggers
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        Force a reply, a delay or a cut at a stage of the session, for as many times as you say.
      </Text>
      <Answered question={question} what="The triggers">
        {({ triggers }) =>
          triggers.length === 0 ? (
            <Text c="dimmed" size="sm">
              No trigger stands.
            </Text>
          ) : (
            <TriggerTable account={account.id} triggers={triggers} />
          )
        }
      </Answered>
      <AddTrigger account={account} />
    </Card>
  );
}

/** What a trigger does, in words. */
function effectOf(trigger: Trigger): string {
  const effects = [
    ...(trigger.delayMs > 0 ? [`waits ${counted(trigger.delayMs)} ms`] : []),
    ...(trigger.reply === undefined ? [] : [trigger.reply]),
    ...(trigger.drop === undefined ? [] : [`cuts the connection ${trigger.drop}`]),
    ...(trigger.tls === undefined ? [] : [`TLS: ${trigger.tls}`]),
  ];
  return effects.length === 0 ? 'watches' : effects.join('; ');
}

/** How often a trigger still fires. */
const leftOf = ({ left, times }: Trigger): string =>
  left === null || times === undefined ? 'for ever' : `${counted(left)} of ${counted(times)}`;

function TriggerTable({
  account,
  triggers,
}: {
  readonly account: string;
  readonly triggers: readonly Trigger[];
}) {
  const remove = useOrder(
    (trigger: string) =>
      bodyOf(control.accounts[':account'].triggers[':trigger'].$delete({ param: { account, trigger } })),
    { done: 'The trigger is gone', failed: 'The trigger stays' },
  );
  return (
    <Table.ScrollContainer minWidth={560} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Stage</Table.Th>
            <Table.Th>For</Table.Th>
            <Table.Th>What happens</Table.Th>
            <Table.Th>Left</Table.Th>
            <Table.Th w={60}>
              <VisuallyHidden>Remove</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {triggers.map((each) => (
            <Table.Tr key={each.id}>
              <Table.Td>{each.stage}</Table.Td>
              <Table.Td className="wrap-anywhere">
                {Object.entries(each.match)
                  .map(([name, value]) => `${name} ${value}`)
                  .join(', ') || 'everything'}
              </Table.Td>
              <Table.Td>
                <Code className="wrap-anywhere">{effectOf(each)}</Code>
              </Table.Td>
              <Table.Td className="numbers">
                {leftOf(each)}
                {each.after > each.seen && (
                  <Text span size="sm" c="dimmed">
                    , after {counted(each.after - each.seen)} more
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                <Tooltip label="Remove">
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={`Remove the trigger at ${each.stage}`}
                    onClick={() => remove.mutate(each.id)}
                  >
                    <Trash2 size={16} />
                  </ActionIcon>
                </Tooltip>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
