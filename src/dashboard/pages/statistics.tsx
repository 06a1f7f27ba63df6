import { Button, Card, Group, SimpleGrid, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ChartColumn } from 'lucide-react';
import { lazy, Suspense, useDeferredValue, useMemo, useState } from 'react';
import { statisticsQuestion, type HistoryFilters } from '../api/history-questions.ts';
import { vocabularyQuestion } from '../api/questions.ts';
import { barsOf, daysPerBar, type Counts, type Day } from '../parts/bars.ts';
import { ConnectionPicker, PeriodPicker } from '../parts/filters.tsx';
import { Link } from '../parts/links.tsx';
import { Answered, Empty, Page } from '../parts/page.tsx';
import { SendFirst } from '../parts/send-first.tsx';
import { counted, many, State } from '../parts/words.tsx';

const route = getRouteApi('/accounts/$account/statistics');

// the numbers are there before the code that draws them
const StatisticsChart = lazy(async () => ({
  default: (await import('./statistics-chart.tsx')).StatisticsChart,
}));

/** Bars of the chart at most, and rows of the table until more are asked for. */
const SHOWN = 31;

/** Statistics as they come, with a count for each state that occurs. */
interface Statistics {
  readonly totals: Counts;
  readonly days: readonly Day[];
}

const sumOf = (counts: Counts): number =>
  Object.values(counts).reduce<number>((sum, count = 0) => sum + count, 0);

/** Totals per status, and per day. */
export function StatisticsPage() {
  const { account } = route.useParams();
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const question = useQuery(statisticsQuestion(account, filters));
  const choose = (search: HistoryFilters) => void navigate({ search, replace: true });
  return (
    <Page title="Statistics" lead="What became of your mails, by status and by day (UTC).">
      <Group gap="sm" align="flex-end">
        <ConnectionPicker account={account} filters={filters} onChange={choose} />
        <PeriodPicker account={account} filters={filters} onChange={choose} />
      </Group>
      <Answered question={question} what="The statistics">
        {(statistics) => <Totals account={account} filters={filters} statistics={statistics} />}
      </Answered>
    </Page>
  );
}

function Totals(props: {
  readonly account: string;
  readonly filters: HistoryFilters;
  readonly statistics: Statistics;
}) {
  const { account, filters, statistics } = props;
  const { data } = useQuery(vocabularyQuestion);
  const total = sumOf(statistics.totals);
  if (total === 0) {
    return (
      <Card padding={0}>
        <Empty icon={ChartColumn} title="No mail in this period" action={<SendFirst account={account} />}>
          Choose another period or connection, or send a mail: the numbers change by themselves.
        </Empty>
      </Card>
    );
  }
  const { totals } = statistics;
  const statuses = (data?.emailStatuses ?? []).map(({ name }) => name);
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }} spacing="sm">
        <Card padding="md">
          <Text size="sm" c="dimmed">
            All
          </Text>
          <Text fz={28} fw={650} className="numbers">
            {counted(total)}
          </Text>
        </Card>
        {statuses
          .filter((status) => (totals[status] ?? 0) > 0)
          .map((status) => (
            <Card padding="md" key={status}>
              <State kind="emailStatuses" state={status} />
              <Group gap="xs" align="baseline">
                <Link
                  to="/accounts/$account/history"
                  params={{ account }}
                  search={{ ...filters, status }}
                  fz={28}
                  fw={650}
                  c="inherit"
                  className="numbers"
                  aria-label={`${many(totals[status] ?? 0, 'mail')} ${status}, show them`}
                >
                  {counted(totals[status] ?? 0)}
                </Link>
                <Text size="sm" c="dimmed" className="numbers">
                  {Math.round(((totals[status] ?? 0) / total) * 100)}%
                </Text>
              </Group>
            </Card>
          ))}
      </SimpleGrid>
      <Days days={statistics.days} statuses={statuses.filter((status) => (totals[status] ?? 0) > 0)} />
    </Stack>
  );
}

function Days({ days, statuses }: { readonly days: readonly Day[]; readonly statuses: readonly string[] }) {
  const [shown, setShown] = useState(SHOWN);
  const bars = useMemo(() => barsOf(days, SHOWN), [days]);
  const width = daysPerBar(days, SHOWN);
  // the numbers are painted first: drawing takes its time
  const isDrawn = useDeferredValue(true, false);
  return (
    <Card>
      <Title order={2} size="h4" mb="md">
        Per day
      </Title>
      <div aria-hidden>
        <Suspense fallback={<Skeleton h={280} />}>
          {isDrawn ? <StatisticsChart bars={bars} statuses={statuses} /> : <Skeleton h={280} />}
        </Suspense>
        {width > 1 && (
          <Text size="sm" c="dimmed" ta="center">
            Each bar stands for {width} days.
          </Text>
        )}
      </div>
      <Table.ScrollContainer minWidth={420} mt="md" scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Day</Table.Th>
              {statuses.map((status) => (
                <Table.Th key={status} ta="right">
                  {status}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {days
              .slice(-shown)
              .toReversed()
              .map(({ day, counts }) => (
                <Table.Tr key={day} className="numbers">
                  <Table.Td>{day}</Table.Td>
                  {statuses.map((status) => (
                    <Table.Td key={status} ta="right">
                      {counted(counts[status] ?? 0)}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {days.length > shown && (
        <Group justify="center" mt="md">
          <Button variant="default" onClick={() => setShown(shown + SHOWN)}>
            Show older days
          </Button>
        </Group>
      )}
    </Card>
  );
}
