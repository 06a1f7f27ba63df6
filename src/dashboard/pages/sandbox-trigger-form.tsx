import {
  Button,
  Fieldset,
  Group,
  NativeSelect,
  NumberInput,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { Account } from '../../control-api/schemas.ts';
import type { TriggerSetup } from '../../control-api/trigger-schemas.ts';
import { bodyOf, control } from '../api/control.ts';
import { useOrder } from '../api/order.ts';
import { useOwnListeners, vocabularyQuestion } from '../api/questions.ts';

/** What was filled in; an empty field says nothing. */
interface Filled {
  readonly stage: string;
  readonly login: string;
  readonly sender: string;
  readonly recipient: string;
  readonly header: string;
  readonly after: number;
  readonly times: number | '';
  readonly reply: string;
  readonly delayMs: number;
  readonly drop: string;
  readonly tls: string;
}

const empty: Filled = {
  stage: '',
  login: '',
  sender: '',
  recipient: '',
  header: '',
  after: 0,
  times: 1,
  reply: '',
  delayMs: 0,
  drop: '',
  tls: '',
};

/** The trigger that a form asks for, with what was filled in alone. */
function setupOf(filled: Filled, stage: string): TriggerSetup {
  const { after, delayMs, times, drop, tls, reply } = filled;
  const match = Object.fromEntries(
    (['login', 'sender', 'recipient', 'header'] as const)
      .map((name) => [name, filled[name].trim()] as const)
      .filter(([, text]) => text !== ''),
  );
  return {
    // stage, cut and fault are words that the API itself names
    stage: stage as TriggerSetup['stage'],
    match,
    after,
    delayMs,
    ...(times !== '' && { times }),
    ...(reply.trim() !== '' && { reply: reply.trim() }),
    ...(drop !== '' && { drop: drop as NonNullable<TriggerSetup['drop']> }),
    ...(tls !== '' && { tls: tls as NonNullable<TriggerSetup['tls']> }),
  };
}

/** Adds a trigger: all that the API's trigger knows can be said. */
export function AddTrigger({ account }: { readonly account: Account }) {
  const { data } = useQuery(vocabularyQuestion);
  const hasOwn = useOwnListeners(account);
  const [filled, setFilled] = useState(empty);
  const change = (part: Partial<Filled>) => setFilled({ ...filled, ...part });
  const stages = data?.triggerStages ?? [];
  const stage = stages.find((each) => each === (filled.stage || 'RCPT')) ?? stages.at(-1) ?? '';
  const doesSomething =
    filled.reply.trim() !== '' || filled.delayMs > 0 || filled.drop !== '' || filled.tls !== '';
  const order = useOrder(
    (json: TriggerSetup) =>
      bodyOf(control.accounts[':account'].triggers.$post({ param: { account: account.id }, json })),
    { done: 'The trigger stands', failed: 'The trigger was not added' },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    order.mutate(setupOf(filled, stage), { onSuccess: () => setFilled({ ...empty, stage }) });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" mt="lg">
        <Fieldset legend="When">
          <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
            <NativeSelect
              label="Stage"
              data={[...stages]}
              value={stage}
              onChange={(event) => change({ stage: event.currentTarget.value })}
            />
            <NumberInput
              label="Matches that pass first"
              min={0}
              allowDecimal={false}
              value={filled.after}
              onChange={(value) => change({ after: typeof value === 'number' ? value : 0 })}
            />
            <NumberInput
              label="Times (empty: for ever)"
              min={1}
              allowDecimal={false}
              value={filled.times}
              onChange={(value) => change({ times: typeof value === 'number' ? value : '' })}
            />
          </SimpleGrid>
        </Fieldset>
        <Fieldset legend="Only for (empty: everything)">
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }} spacing="sm">
            <NativeSelect
              label="Connection"
              data={[
                { value: '', label: 'any' },
                ...account.connections.map(({ login, name }) => ({
                  value: login,
                  label: `${name} (${login})`,
                })),
              ]}
              value={filled.login}
              onChange={(event) => change({ login: event.currentTarget.value })}
            />
            <TextInput
              label="Reverse-path"
              placeholder={account.senders[0] ?? 'orders@shop.example'}
              maxLength={320}
              value={filled.sender}
              onChange={(event) => change({ sender: event.currentTarget.value })}
            />
            <TextInput
              label="Recipient"
              placeholder="anna@example.org"
              maxLength={320}
              value={filled.recipient}
              onChange={(event) => change({ recipient: event.currentTarget.value })}
            />
            <TextInput
              label="Header field"
              placeholder="X-Campaign: spring"
              maxLength={1_000}
              value={filled.header}
              onChange={(event) => change({ header: event.currentTarget.value })}
            />
          </SimpleGrid>
        </Fieldset>
        <Effects filled={filled} onChange={change} />
        {!hasOwn && (
          <Text size="xs" c="dimmed">
            This account uses the shared listeners: there, nobody knows whose a session is before its login,
            so earlier stages and TLS faults need an account with listeners of its own.
          </Text>
        )}
        <Group justify="flex-end">
          {!doesSomething && (
            <Text size="sm" c="dimmed">
              Say what happens: a reply, a delay, a cut or a fault.
            </Text>
          )}
          <Button
            type="submit"
            variant="default"
            loading={order.isPending}
            disabled={stage === '' || !doesSomething}
          >
            Add trigger
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What the trigger does when it fires. */
function Effects(props: { readonly filled: Filled; readonly onChange: (part: Partial<Filled>) => void }) {
  const { filled, onChange } = props;
  const { data } = useQuery(vocabularyQuestion);
  const none = { value: '', label: 'no' };
  return (
    <Fieldset legend="What happens">
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }} spacing="sm">
        <Textarea
          label="Reply"
          placeholder="451 Try again"
          autosize
          minRows={1}
          maxRows={6}
          value={filled.reply}
          onChange={(event) => onChange({ reply: event.currentTarget.value })}
        />
        <NumberInput
          label="Delay, ms"
          min={0}
          max={600_000}
          allowDecimal={false}
          value={filled.delayMs}
          onChange={(value) => onChange({ delayMs: typeof value === 'number' ? value : 0 })}
        />
        <NativeSelect
          label="Cut the connection"
          data={[none, ...(data?.triggerCuts ?? [])]}
          value={filled.drop}
          onChange={(event) => onChange({ drop: event.currentTarget.value })}
        />
        <NativeSelect
          label="Fault of TLS"
          data={[none, ...(data?.tlsFaults ?? [])]}
          value={filled.tls}
          onChange={(event) => onChange({ tls: event.currentTarget.value })}
        />
      </SimpleGrid>
    </Fieldset>
  );
}
