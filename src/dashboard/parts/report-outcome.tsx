import { Badge, Group } from '@mantine/core';
import type { Report } from '../../control-api/report-schemas.ts';
import { counted, many } from './words.tsx';

/** What a report came to: its findings, and whether it came to its end. */
export function ReportVerdict({ report }: { readonly report: Report }) {
  const { findings, isWhole } = report;
  const color = findings > 0 ? 'red' : isWhole ? 'teal' : 'yellow';
  const words = findings > 0 ? many(findings, 'finding') : isWhole ? 'No finding' : 'Not finished';
  return (
    <Badge
      color={color}
      tt="none"
      className="state"
      miw="max-content"
      style={{ '--state': `var(--mantine-color-${color}-filled)` }}
    >
      {words}
    </Badge>
  );
}

/** How many cases came to what, the bad ones first as the report has them. */
export function ReportTotals({ totals }: Pick<Report, 'totals'>) {
  return (
    <Group gap={6}>
      {totals.map(({ word, count, isBad }) => (
        <Badge
          key={word}
          variant="default"
          tt="none"
          miw="max-content"
          {...(isBad && {
            color: 'red',
            variant: 'light',
            className: 'state',
            style: { '--state': 'var(--mantine-color-red-filled)' },
          })}
        >
          {counted(count)} {word}
        </Badge>
      ))}
    </Group>
  );
}
