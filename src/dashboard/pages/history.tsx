import { Button, Card, Group, NativeSelect, Stack, Table, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Download, History } from 'lucide-react';
import { memo } from 'react';
import type { Email } from '../../control-api/history-schemas.ts';
import { historyQuestion, queryOf, type HistoryFilters } from '../api/history-questions.ts';
import { vocabularyQuestion } from '../api/questions.ts';
import { changed, ConnectionPicker, PeriodPicker, withChosen } from '../parts/filters.tsx';
import { Link } from '../parts/links.tsx';
import { Answered, Empty, Page } from '../parts/page.tsx';
import { MoreRows } from '../parts/more-rows.tsx';
import { NoRows } from '../parts/no-rows.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { SendFirst } from '../parts/send-first.tsx';
import { Instant, State } from '../parts/words.tsx';

const route = getRouteApi('/accounts/$account/history');

/** The send history: one row for each recipient of each mail, newest first. */
export function HistoryPage() {
  const { account } = route.useParams();
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const question = useInfiniteQuery(historyQuestion(account, filters));
  const choose = (search: HistoryFilters) => void navigate({ search, replace: true });
  const table = new URLSearchParams(queryOf(filters)).toString();
  return (
    <Page
      title="Send history"
      lead="One row for each recipient of each mail that was accepted. New mails appear by themselves."
      actions={
        <Button
          component="a"
          variant="default"
          href={`/accounts/${encodeURIComponent(account)}/history.csv?${table}`}
          download={`history-${account}.csv`}
          leftSection={<Download size={18} aria-hidden />}
        >
          CSV
        </Button>
      }
    >
      <Filters account={account} filters={filters} onChange={choose} />
      <Card padding={0}>
        <Answered question={question} what="The send history">
          {({ pages }) => {
            const emails = pages.flatMap((page) => page.emails);
            return emails.length === 0 ? (
              <NoRows
                question={question}
                filters={filters}
                onClear={() => choose({})}
                title="No mail matches"
                advice="Other days, another status or fewer words may find it."
              >
                <Empty icon={History} title="Nothing was sent yet" action={<SendFirst account={account} />}>
                  Each mail that the gateway accepts gets a row here for each of its recipients.
                </Empty>
              </NoRows>
            ) : (
              <HistoryTable account={account} emails={emails} />
            );
          }}
        </Answered>
      </Card>
      {question.data?.pages.some(({ emails }) => emails.length > 0) === true && (
        <MoreRows question={question} label="Show older mails" />
      )}
    </Page>
  );
}

function Filters(props: {
  readonly account: string;
  readonly filters: HistoryFilters;
  readonly onChange: (filters: HistoryFilters) => void;
}) {
  const { account, filters, onChange } = props;
  const { data } = useQuery(vocabularyQuestion);
  return (
    <Stack gap="sm">
      <Group gap="sm" align="flex-end">
        <SearchField
          placeholder="Recipient, sender, subject or Message-ID"
          words={filters.search ?? ''}
          onFind={(search) => onChange(changed(filters, { search }))}
        />
        <NativeSelect
          label="Status"
          maw={180}
          data={withChosen(
            [
              { value: '', label: 'All statuses' },
              ...(data?.emailStatuses ?? []).map(({ name }) => ({ value: name, label: name })),
            ],
            filters.status,
          )}
          value={filters.status ?? ''}
          onChange={(event) => onChange(changed(filters, { status: event.currentTarget.value }))}
        />
        <ConnectionPicker account={account} filters={filters} onChange={onChange} />
      </Group>
      <PeriodPicker account={account} filters={filters} onChange={onChange} />
    </Stack>
  );
}

/** Rows of the history. */
function HistoryTable({ account, emails }: { readonly account: string; readonly emails: readonly Email[] }) {
  return (
    <Table highlightOnHover layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={210} visibleFrom="md">
            Time
          </Table.Th>
          <Table.Th>Mail</Table.Th>
          <Table.Th visibleFrom="sm">Recipient</Table.Th>
          <Table.Th w={144}>Status</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {emails.map((email) => (
          <HistoryRow key={email.id} account={account} email={email} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** A row, which is drawn again only where its email has changed: a page more leaves those before it as they are. */
const HistoryRow = memo(({ account, email }: { readonly account: string; readonly email: Email }) => (
  <Table.Tr>
    <Table.Td visibleFrom="md">
      <Text size="sm" c="dimmed">
        <Instant at={email.time} />
      </Text>
    </Table.Td>
    <Table.Td>
      <Link
        to="/accounts/$account/history/$email"
        params={{ account, email: email.id }}
        fw={500}
        lineClamp={2}
        className="wrap-anywhere"
        dir="auto"
      >
        {email.subject === '' ? '(no subject)' : email.subject}
      </Link>
      <Text size="xs" c="dimmed" truncate>
        from {email.sender === '' ? 'nobody' : email.sender}
      </Text>
      <Text size="xs" c="dimmed" truncate hiddenFrom="sm">
        to {email.recipient}
      </Text>
    </Table.Td>
    <Table.Td visibleFrom="sm">
      <Text size="sm" className="wrap-anywhere" lineClamp={2}>
        {email.recipient}
      </Text>
    </Table.Td>
    <Table.Td>
      <State kind="emailStatuses" state={email.status} />
    </Table.Td>
  </Table.Tr>
));
