import { Divider, SegmentedControl, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account, Connection, Gateway } from '../../control-api/schemas.ts';
import { gatewayQuestion, vocabularyQuestion } from '../api/questions.ts';
import { CardLine } from '../parts/copy.tsx';
import type { SendTarget } from './snippets.ts';

type Listener = Gateway['listeners'][number];

/** The listeners that an account's clients use: its own where it has some. */
export function useListeners(account: Account): readonly Listener[] {
  const { data } = useQuery(gatewayQuestion);
  return account.listeners.length > 0 ? account.listeners : (data?.listeners ?? []);
}

/** What a snippet sends to over a listener. */
export function targetOf(listener: Listener, connection: Connection, recipient: string): SendTarget {
  return {
    server: window.location.hostname.replaceAll(/[[\]]/g, ''),
    port: listener.number,
    encryption: listener.tls,
    login: connection.login,
    password: connection.password,
    sender: connection.sender,
    recipient,
    authorityUrl: `${window.location.origin}/ui/ca.pem`,
  };
}

/** A recipient that takes mail and delivers it, by the words of this gateway. */
export function useGoodRecipient(): string {
  const { data } = useQuery(vocabularyQuestion);
  return data?.roles[0]?.reservedAddress ?? 'anna@example.org';
}

/** The listener that is chosen; the documented one to begin with. */
export function useChosenListener(account: Account) {
  const listeners = useListeners(account);
  const [port, setPort] = useState<string>();
  return {
    listeners,
    chosen: listeners.find((each) => String(each.port) === port) ?? listeners[0],
    choose: setPort,
  };
}

/** The data for configuring a client, as the documentation lists it, with buttons that copy. */
export function ConnectionData(props: {
  readonly connection: Connection;
  readonly listeners: readonly Listener[];
  readonly chosen: Listener;
  readonly onChoose: (port: string) => void;
}) {
  const { connection, listeners, chosen, onChoose } = props;
  const { data: gateway } = useQuery(gatewayQuestion);
  const { data: words } = useQuery(vocabularyQuestion);
  const target = targetOf(chosen, connection, '');
  return (
    <Stack gap={0}>
      <Text size="sm" c="dimmed" mb={6} id="port-choice">
        Port, as documented
      </Text>
      <SegmentedControl
        aria-labelledby="port-choice"
        data={listeners.map((each) => String(each.port))}
        value={String(chosen.port)}
        onChange={onChoose}
        mb="sm"
        fullWidth
      />
      <CardLine
        label="Server"
        value={target.server}
        {...(gateway !== undefined && { note: `${gateway.name} in production` })}
      />
      <Divider />
      <CardLine
        label="Port"
        value={String(target.port)}
        {...(target.port !== chosen.port && { note: `stands for ${chosen.port} in this sandbox` })}
      />
      <Divider />
      <CardLine
        label="Encryption"
        value={words?.encryptions.find(({ name }) => name === chosen.tls)?.meaning ?? chosen.tls}
      />
      <Divider />
      <CardLine label="Login" value={connection.login} />
      <Divider />
      <CardLine label="Password" value={connection.password} isSecret />
      <Divider />
      <CardLine label="Sender" value={connection.sender} />
    </Stack>
  );
}
