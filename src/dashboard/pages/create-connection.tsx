import { Alert, Autocomplete, Button, Card, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { CircleAlert } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import type { Account } from '../../control-api/schemas.ts';
import { bodyOf, control } from '../api/control.ts';
import { accountQuestion, vocabularyQuestion } from '../api/questions.ts';
import { Link, LinkButton } from '../parts/links.tsx';
import { Answered, Page } from '../parts/page.tsx';
import { useTone } from '../parts/words.tsx';
import { addressFault, isAddress } from '../parts/address.ts';

const route = getRouteApi('/accounts/$account/connections/new');

/** Create Connection: a name and a sender, then the card. */
export function CreateConnectionPage() {
  const { account } = route.useParams();
  const question = useQuery(accountQuestion(account));
  return (
    <Page title="Create connection" lead="Enter a name and select a sender. Login and password come next.">
      <Answered question={question} what="The account">
        {(shown) => <CreateForm account={shown} />}
      </Answered>
    </Page>
  );
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** Adds what is missing on the way, the domain and the sender, and then creates the connection. */
async function create(account: Account, name: string, sender: string) {
  const param = { account: account.id };
  if (!account.domains.some((each) => each.name.toLowerCase() === domainOf(sender))) {
    await bodyOf(
      control.accounts[':account'].domains.$put({
        param,
        json: { name: domainOf(sender) },
      }),
    );
  }
  if (!account.senders.includes(sender)) {
    await bodyOf(control.accounts[':account'].senders.$post({ param, json: { address: sender } }));
  }
  return bodyOf(control.accounts[':account'].connections.$post({ param, json: { name, sender } }));
}

function CreateForm({ account }: { readonly account: Account }) {
  const [name, setName] = useState('');
  const [sender, setSender] = useState(account.senders[0] ?? '');
  const client = useQueryClient();
  const navigate = useNavigate();
  const order = useMutation({
    mutationFn: () => create(account, name.trim(), sender.trim()),
    onSuccess: async (connection) => {
      await client.invalidateQueries({ queryKey: ['account', account.id] });
      await navigate({
        to: '/accounts/$account/connections/$connection',
        params: { account: account.id, connection: connection.id },
      });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    order.mutate();
  };
  return (
    <Card maw={620}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label="Name"
            description="For you, to tell connections apart"
            placeholder="Shop"
            required
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <Autocomplete
            label="Sender"
            description="An address from which this connection sends; select one or type a new one"
            placeholder="orders@shop.example"
            required
            type="email"
            data={[...account.senders]}
            value={sender}
            onChange={setSender}
            error={addressFault(sender)}
          />
          {isAddress(sender) && <SenderNote account={account} sender={sender.trim()} />}
          {order.error !== null && (
            <Alert
              color="red"
              icon={<CircleAlert aria-hidden />}
              title="The connection was not created"
              role="alert"
            >
              {order.error.message}
            </Alert>
          )}
          <Group justify="flex-end" mt="xs">
            <LinkButton
              to="/accounts/$account/connections"
              params={{ account: account.id }}
              variant="default"
            >
              Cancel
            </LinkButton>
            <Button
              type="submit"
              loading={order.isPending}
              disabled={name.trim() === '' || !isAddress(sender)}
            >
              Next
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

/** What a sender brings along that is not there yet. */
function SenderNote({ account, sender }: { readonly account: Account; readonly sender: string }) {
  const domain = account.domains.find((each) => each.name.toLowerCase() === domainOf(sender));
  const toneOf = useTone('domainStates');
  const { data: words } = useQuery(vocabularyQuestion);
  const waiting = words?.connectionStatuses.find(({ tone }) => tone === 'waiting');
  if (domain !== undefined && toneOf(domain.state) === 'good') return null;
  return (
    <Alert color="yellow" variant="light">
      <Text size="sm">
        {domain === undefined
          ? `${domainOf(sender)} is new: it is added to your domains. `
          : `${domain.name} is not verified. `}
        The connection stays “{waiting?.name}” until the domain is verified.{' '}
        <Link to="/accounts/$account/domains" params={{ account: account.id }}>
          Domains and senders
        </Link>
      </Text>
    </Alert>
  );
}
