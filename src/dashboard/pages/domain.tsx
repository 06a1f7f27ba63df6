import { Alert, Badge, Button, Card, Group, Stack, Switch, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { CircleCheck, ShieldCheck } from 'lucide-react';
import type { DomainCard } from '../../control-api/schemas.ts';
import { bodyOf, control } from '../api/control.ts';
import { useOrder } from '../api/order.ts';
import { domainQuestion } from '../api/questions.ts';
import { CardLine } from '../parts/copy.tsx';
import { Link } from '../parts/links.tsx';
import { Answered, Page } from '../parts/page.tsx';
import { State, useTone } from '../parts/words.tsx';

const route = getRouteApi('/accounts/$account/domains/$domain');

/** One domain: the records to publish, each with its state, and the check. */
export function DomainPage() {
  const { account, domain } = route.useParams();
  const question = useQuery(domainQuestion(account, domain));
  const toneOf = useTone('domainStates');
  const verify = useOrder(
    () =>
      bodyOf(control.accounts[':account'].domains[':domain'].verify.$post({ param: { account, domain } })),
    {
      done: (card) =>
        toneOf(card.state) === 'good'
          ? `${card.name} is verified`
          : {
              message: `${card.name} is not verified: ${card.missing.join(', ').toUpperCase()} missing`,
              color: 'yellow',
            },
      failed: 'The domain could not be checked',
    },
  );
  return (
    <Page
      title={domain}
      lead={
        <Group gap="xs">
          {question.data !== undefined && <State kind="domainStates" state={question.data.state} />}
          <Link to="/accounts/$account/domains" params={{ account }}>
            All domains
          </Link>
        </Group>
      }
      actions={
        <Button
          leftSection={<ShieldCheck size={18} aria-hidden />}
          loading={verify.isPending}
          onClick={() => verify.mutate(undefined)}
        >
          Verify
        </Button>
      }
    >
      <Answered question={question} what="The domain">
        {(card) => (
          <Stack gap="lg">
            <Outcome card={verify.data ?? card} />
            {card.records.map((record) => (
              <RecordCard key={record.kind} account={account} domain={domain} record={record} />
            ))}
          </Stack>
        )}
      </Answered>
    </Page>
  );
}

function Outcome({ card }: { readonly card: DomainCard }) {
  if (useTone('domainStates')(card.state) === 'good') {
    return (
      <Alert color="teal" icon={<CircleCheck aria-hidden />} title="Verified">
        Mail from addresses at {card.name} is taken.
      </Alert>
    );
  }
  return (
    <Alert color="yellow" title="Not verified yet" role="status">
      {card.missing.length > 0
        ? `The check did not find: ${card.missing.join(', ').toUpperCase()}. Publish and verify again.`
        : 'Publish the records, then press Verify. With the real gateway, support does the check.'}
    </Alert>
  );
}

function RecordCard(props: {
  readonly account: string;
  readonly domain: string;
  readonly record: DomainCard['records'][number];
}) {
  const { account, domain, record } = props;
  const order = useOrder(
    (published: boolean) =>
      bodyOf(
        control.accounts[':account'].domains[':domain'].records.$put({
          param: { account, domain },
          json: { kind: record.kind, published },
        }),
      ),
    { failed: 'The record stays as it was' },
  );
  const name = record.kind.toUpperCase();
  return (
    <Card>
      <Group justify="space-between" mb="xs">
        <Group gap="sm">
          <Title order={2} size="h4">
            {name}
          </Title>
          <Badge variant="default">{record.type}</Badge>
        </Group>
        <Switch
          label={record.published ? 'Published' : 'Not published'}
          aria-label={`${name} is published in the sandbox’s DNS`}
          checked={record.published}
          disabled={order.isPending}
          onChange={(event) => order.mutate(event.currentTarget.checked)}
        />
      </Group>
      <CardLine label="Name" value={record.name} />
      <CardLine label="Value" value={record.value} />
      <Text size="xs" c="dimmed" mt="xs">
        The switch publishes it in the sandbox’s own DNS.
      </Text>
    </Card>
  );
}
