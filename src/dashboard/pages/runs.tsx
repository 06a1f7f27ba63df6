import { Button, Card, Code, Group, Stack, Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { FileText, RefreshCw, Search } from 'lucide-react';
import type { Report } from '../../control-api/report-schemas.ts';
import { reportsQuestion } from '../api/report-questions.ts';
import { Link } from '../parts/links.tsx';
import { MoreRows } from '../parts/more-rows.tsx';
import { Answered, Empty, Page } from '../parts/page.tsx';
import { ReportTotals, ReportVerdict } from '../parts/report-outcome.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { Instant } from '../parts/words.tsx';

const route = getRouteApi('/accounts/$account/runs');

/** The reports in the folder of the sandbox, newest first. */
export function RunsPage() {
  const { account } = route.useParams();
  const { search } = route.useSearch();
  const navigate = route.useNavigate();
  const question = useInfiniteQuery(reportsQuestion(search ?? ''));
  const find = (words: string) =>
    void navigate({ search: words === '' ? {} : { search: words }, replace: true });
  const folder = question.data?.pages[0]?.folder;
  return (
    <Page
      title="Runs"
      lead={
        folder === undefined || folder === null ? (
          'What was checked, and what came of it.'
        ) : (
          <>
            The reports in <Code className="wrap-anywhere">{folder}</Code>, newest first.
          </>
        )
      }
      actions={
        <Button
          variant="default"
          leftSection={<RefreshCw size={18} aria-hidden />}
          loading={question.isRefetching}
          onClick={() => void question.refetch()}
        >
          Read again
        </Button>
      }
    >
      <Group maw={480}>
        <SearchField placeholder="Part of a file’s name or folder" words={search ?? ''} onFind={find} />
      </Group>
      <Card padding={0}>
        <Answered question={question} what="The runs">
          {({ pages }) => {
            const reports = pages.flatMap((page) => page.reports);
            return reports.length === 0 ? (
              <NoReports isFiltered={search !== undefined} folder={pages[0]?.folder ?? null} />
            ) : (
              <ReportTable account={account} reports={reports} />
            );
          }}
        </Answered>
      </Card>
      <MoreRows question={question} label="Show older runs" />
    </Page>
  );
}

function NoReports(props: { readonly isFiltered: boolean; readonly folder: string | null }) {
  const { isFiltered, folder } = props;
  if (isFiltered) {
    return (
      <Empty icon={Search} title="No report has this in its name">
        A shorter part of the name may find it.
      </Empty>
    );
  }
  if (folder === null) {
    return (
      <Empty icon={FileText} title="This sandbox reads no folder of reports">
        Start it with <Code>gauntlet sandbox --reports FOLDER</Code>.
      </Empty>
    );
  }
  return (
    <Empty icon={FileText} title="No report yet">
      <Code>gauntlet run</Code> leaves one in the folder <Code>reports</Code> where it is typed. To keep
      several, give each a name: <Code>gauntlet run --report html=reports/monday.html</Code>.
    </Empty>
  );
}

const kinds: Readonly<Record<Report['kind'], string>> = { run: 'Run', 'client-check': 'Client check' };

function ReportTable(props: { readonly account: string; readonly reports: readonly Report[] }) {
  const { account, reports } = props;
  return (
    <Table highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Report</Table.Th>
          <Table.Th visibleFrom="sm">When</Table.Th>
          <Table.Th visibleFrom="md">Cases</Table.Th>
          <Table.Th>Findings</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {reports.map((report) => (
          <Table.Tr key={report.id}>
            <Table.Td>
              <Link
                to="/accounts/$account/runs/$report"
                params={{ account, report: report.id }}
                fw={500}
                className="wrap-anywhere"
                dir="auto"
              >
                {report.name}
              </Link>
              <Text size="sm" c="dimmed" className="wrap-anywhere" lineClamp={3} title={report.path}>
                {kinds[report.kind]}, {report.path}
              </Text>
              <Text size="sm" c="dimmed" hiddenFrom="sm">
                <Instant at={report.at ?? report.writtenAt} />
              </Text>
            </Table.Td>
            <Table.Td visibleFrom="sm" className="one-line">
              <Instant at={report.at ?? report.writtenAt} />
            </Table.Td>
            <Table.Td visibleFrom="md">
              <ReportTotals totals={report.totals} />
            </Table.Td>
            <Table.Td>
              <Stack gap={4} align="flex-start">
                <ReportVerdict report={report} />
              </Stack>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
