import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ExternalLink } from 'lucide-react';
import { reportQuestion } from '../api/report-questions.ts';
import { Link } from '../parts/links.tsx';
import { Answered, Page } from '../parts/page.tsx';
import { ReportTotals, ReportVerdict } from '../parts/report-outcome.tsx';
import { Instant, sized } from '../parts/words.tsx';

const route = getRouteApi('/accounts/$account/runs/$report');

/** One report, in a frame of its own. */
export function RunPage() {
  const { account, report } = route.useParams();
  const question = useQuery(reportQuestion(report));
  const page = `/reports/${encodeURIComponent(report)}/page`;
  return (
    <Page
      title={question.data?.name ?? 'Report'}
      lead={
        <Link to="/accounts/$account/runs" params={{ account }}>
          All runs
        </Link>
      }
      actions={
        question.data !== undefined && (
          <Button
            component="a"
            variant="default"
            href={page}
            target="_blank"
            rel="noreferrer"
            leftSection={<ExternalLink size={18} aria-hidden />}
          >
            Open alone
          </Button>
        )
      }
    >
      <Answered question={question} what="The report">
        {(shown) => (
          <Stack gap="md">
            <Group gap="md">
              <ReportVerdict report={shown} />
              <ReportTotals totals={shown.totals} />
              <Text size="sm" c="dimmed">
                <Instant at={shown.at ?? shown.writtenAt} />, {sized(shown.octets)}
              </Text>
              <Code className="wrap-anywhere">{shown.path}</Code>
            </Group>
            {/* its script runs in an origin of its own and reaches nothing here; the answer's policy says the same again */}
            <iframe
              // a file that was written again is another page
              key={shown.writtenAt}
              className="report-frame"
              sandbox="allow-scripts allow-popups"
              allow="clipboard-write"
              src={page}
              title={`The report ${shown.path}`}
            />
          </Stack>
        )}
      </Answered>
    </Page>
  );
}
