import { Button, Card, Group, SegmentedControl, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { Plans, Purchase } from '../../control-api/billing-schemas.ts';
import { bodyOf, control } from '../api/control.ts';
import { useOrder } from '../api/order.ts';
import { accountQuestion, ledgerQuestion, plansQuestion, purchasesQuestion } from '../api/questions.ts';
import { Confirm } from '../parts/confirm.tsx';
import { LedgerTable } from '../parts/ledger-table.tsx';
import { Link } from '../parts/links.tsx';
import { Answered, Page } from '../parts/page.tsx';
import { counted, Instant, many } from '../parts/words.tsx';

const route = getRouteApi('/accounts/$account/pricing');

type Kind = Plans['plans'][number]['kind'];
interface Package {
  readonly kind: Kind;
  readonly sends: number;
  readonly cents: number;
}

/** A purchase that is about to be confirmed. */
interface Wanted extends Package {
  /** One key for one dialog: a button that is pressed twice buys once. */
  readonly key: string;
}

const newKey = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-');

/** Entries of the ledger that stand below the plans. */
const LATEST = 5;

const price = (cents: number): string => (cents / 100).toLocaleString('en', { minimumFractionDigits: 2 });

/** The plans, the balance and what was bought. */
export function PricingPage() {
  const { account } = route.useParams();
  const plans = useQuery(plansQuestion);
  const purchases = useQuery(purchasesQuestion(account));
  return (
    <Page
      title="Pricing"
      lead="Each recipient of a mail costs one send, copies included. Bought sends are there at once."
    >
      <Balance account={account} />
      <Answered question={plans} what="The plans">
        {(data) => <PlanCards account={account} plans={data.plans} />}
      </Answered>
      <Answered question={purchases} what="The purchases">
        {(data) => <Bought purchases={data.purchases} />}
      </Answered>
      <LatestEntries account={account} />
    </Page>
  );
}

/** The latest changes of the balance, and the way to all of them. */
function LatestEntries({ account }: { readonly account: string }) {
  const question = useInfiniteQuery(ledgerQuestion(account));
  return (
    <Card>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4">
          Ledger
        </Title>
        <Link to="/accounts/$account/pricing/ledger" params={{ account }} size="sm">
          All entries
        </Link>
      </Group>
      <Answered question={question} what="The ledger">
        {({ pages: [page] }) => (
          <LedgerTable account={account} entries={page?.entries.slice(0, LATEST) ?? []} />
        )}
      </Answered>
    </Card>
  );
}

function Balance({ account }: { readonly account: string }) {
  const question = useQuery(accountQuestion(account));
  return (
    <Answered question={question} what="The balance">
      {({ balance, charged }) => (
        <SimpleGrid cols={{ base: 2 }} spacing="sm" aria-live="polite">
          <Card padding="md">
            <Text size="sm" c="dimmed">
              Sends left
            </Text>
            <Text fz={{ base: 24, sm: 32 }} fw={650} className="numbers" {...(balance === 0 && { c: 'red' })}>
              {counted(balance)}
            </Text>
          </Card>
          <Card padding="md">
            <Text size="sm" c="dimmed">
              Sends used so far
            </Text>
            <Text fz={{ base: 24, sm: 32 }} fw={650} className="numbers">
              {counted(charged)}
            </Text>
          </Card>
        </SimpleGrid>
      )}
    </Answered>
  );
}

function PlanCards({ account, plans }: { readonly account: string; readonly plans: Plans['plans'] }) {
  const [kind, setKind] = useState(plans[0]?.kind);
  const [wanted, setWanted] = useState<Wanted>();
  const plan = plans.find((each) => each.kind === kind) ?? plans[0];
  if (plan === undefined) return null;
  return (
    <Stack gap="md">
      <SegmentedControl
        aria-label="Kind of plan"
        data={plans.map((each) => ({
          value: each.kind,
          label: each.kind.charAt(0).toUpperCase() + each.kind.slice(1),
        }))}
        value={plan.kind}
        onChange={(value) => setKind(plans.find((each) => each.kind === value)?.kind)}
        maw={360}
      />
      <Text c="dimmed">{plan.meaning}</Text>
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        {plan.packages.map(({ sends, cents }) => (
          <Card key={sends}>
            <Text fw={600} size="lg" className="numbers">
              {many(sends, 'email')}
            </Text>
            <Text fz={32} fw={650} className="numbers" mt={4}>
              {price(cents)}
            </Text>
            <Text size="sm" c="dimmed" mb="md" className="numbers">
              {(cents / sends).toFixed(2)} cents each
            </Text>
            <Button
              mt="auto"
              variant="light"
              onClick={() => setWanted({ kind: plan.kind, sends, cents, key: newKey() })}
              aria-label={`Buy ${many(sends, 'email')}, ${plan.kind}`}
            >
              Buy
            </Button>
          </Card>
        ))}
      </SimpleGrid>
      <BuyDialog account={account} wanted={wanted} onClose={() => setWanted(undefined)} />
    </Stack>
  );
}

function BuyDialog(props: {
  readonly account: string;
  readonly wanted: Wanted | undefined;
  readonly onClose: () => void;
}) {
  const { account, wanted, onClose } = props;
  const order = useOrder(
    ({ kind, sends, key }: Wanted) =>
      bodyOf(
        control.accounts[':account'].purchases.$post({
          param: { account },
          header: { 'idempotency-key': key },
          json: { kind, sends },
        }),
      ),
    { done: ({ sends }) => `${many(sends, 'send')} bought`, failed: 'Nothing was bought' },
  );
  return (
    <Confirm
      opened={wanted !== undefined}
      title="Buy sends?"
      action="Buy now"
      isPending={order.isPending}
      onConfirm={() => wanted !== undefined && order.mutate(wanted, { onSettled: onClose })}
      onClose={onClose}
    >
      {wanted !== undefined && (
        <Text>
          {many(wanted.sends, 'email')} for {price(wanted.cents)}, {wanted.kind}.
        </Text>
      )}
      <Text size="sm" c="dimmed" mt="xs">
        No money moves: this is the sandbox.
      </Text>
    </Confirm>
  );
}

function Bought({ purchases }: { readonly purchases: readonly Purchase[] }) {
  return (
    <Card>
      <Title order={2} size="h4" mb="sm">
        Purchases
      </Title>
      {purchases.length === 0 ? (
        <Text c="dimmed">Nothing was bought yet. The balance came with the account.</Text>
      ) : (
        <Table.ScrollContainer minWidth={480} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Bought</Table.Th>
                <Table.Th>Plan</Table.Th>
                <Table.Th ta="right">Emails</Table.Th>
                <Table.Th ta="right">Price</Table.Th>
                <Table.Th>Unused sends end</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {purchases.toReversed().map((each) => (
                <Table.Tr key={each.id} className="numbers">
                  <Table.Td>
                    <Instant at={each.boughtAt} />
                  </Table.Td>
                  <Table.Td>{each.kind}</Table.Td>
                  <Table.Td ta="right">{counted(each.sends)}</Table.Td>
                  <Table.Td ta="right">{price(each.cents)}</Table.Td>
                  <Table.Td>{each.endsAt === null ? 'never' : <Instant at={each.endsAt} />}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Card>
  );
}
