import {
  ActionIcon,
  Button,
  Card,
  Code,
  Group,
  NativeSelect,
  NumberInput,
  SimpleGrid,
  Stack,
  Table,
  Text,
  TextInput,
  Title,
  Tooltip,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import type { Account } from '../../control-api/schemas.ts';
import type { Trigger, TriggerSetup } from '../../control-api/trigger-schemas.ts';
import { bodyOf, control } from '../api/control.ts';
import { useOrder } from '../api/order.ts';
import { triggersQuestion, vocabularyQuestion } from '../api/questions.ts';
import { Answered } from '../parts/page.tsx';
import { counted } from '../parts/words.tsx';

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
            <Table.Th w={60} aria-label="Remove" />
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
              <Table.Td className="numbers">{leftOf(each)}</Table.Td>
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

const cuts = ['before reply', 'after reply'] as const;

function AddTrigger({ account }: { readonly account: Account }) {
  const { data } = useQuery(vocabularyQuestion);
  const [stage, setStage] = useState('');
  const [reply, setReply] = useState('');
  const [delayMs, setDelayMs] = useState(0);
  const [drop, setDrop] = useState('');
  const [times, setTimes] = useState<number | ''>(1);
  const stages = data?.triggerStages ?? [];
  // stages in which the account is known; before, it takes listeners of the account's own
  const chosen = stages.includes(stage) ? stage : (stages.find((each) => each === 'RCPT') ?? stages[0]);
  const order = useOrder(
    (json: TriggerSetup) =>
      bodyOf(control.accounts[':account'].triggers.$post({ param: { account: account.id }, json })),
    { done: 'The trigger stands', failed: 'The trigger was not added' },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const cut = cuts.find((each) => each === drop);
    order.mutate({
      // the stage is one of those that the API itself names
      stage: chosen as TriggerSetup['stage'],
      ...(reply.trim() !== '' && { reply: reply.trim() }),
      ...(cut !== undefined && { drop: cut }),
      ...(times !== '' && { times }),
      delayMs,
      match: {},
      after: 0,
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" mt="lg">
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 5 }} spacing="sm">
          <NativeSelect
            label="Stage"
            data={[...stages]}
            value={chosen ?? ''}
            onChange={(event) => setStage(event.currentTarget.value)}
          />
          <TextInput
            label="Reply"
            placeholder="451 Try again"
            value={reply}
            onChange={(event) => setReply(event.currentTarget.value)}
          />
          <NumberInput
            label="Delay, ms"
            min={0}
            max={600_000}
            allowDecimal={false}
            value={delayMs}
            onChange={(value) => setDelayMs(typeof value === 'number' ? value : 0)}
          />
          <NativeSelect
            label="Cut the connection"
            data={[{ value: '', label: 'no' }, ...cuts]}
            value={drop}
            onChange={(event) => setDrop(event.currentTarget.value)}
          />
          <NumberInput
            label="Times (empty: for ever)"
            min={1}
            allowDecimal={false}
            value={times}
            onChange={(value) => setTimes(typeof value === 'number' ? value : '')}
          />
        </SimpleGrid>
        <Group justify="flex-end">
          <Button type="submit" variant="default" loading={order.isPending}>
            Add trigger
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
