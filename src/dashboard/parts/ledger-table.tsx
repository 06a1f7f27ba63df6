import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { LedgerPage } from '../../control-api/billing-schemas.ts';
import { vocabularyQuestion } from '../api/questions.ts';
import { Link } from './links.tsx';
import { counted, Instant, many } from './words.tsx';

type Entry = LedgerPage['entries'][number];

/** Entries of the ledger: when, what it was, the change, and the balance behind it. */
export function LedgerTable(props: { readonly account: string; readonly entries: readonly Entry[] }) {
  const { account, entries } = props;
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th visibleFrom="sm">Time</Table.Th>
          <Table.Th>What</Table.Th>
          <Table.Th ta="right">Change</Table.Th>
          <Table.Th ta="right">Balance</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {entries.map((entry, at) => (
          // entries have no id; a page never changes once it was read
          // oxlint-disable-next-line react/no-array-index-key
          <Table.Tr key={`${entry.time} ${entry.reference ?? entry.kind} ${entry.balance} ${at}`}>
            <Table.Td visibleFrom="sm">
              <Text size="sm" c="dimmed">
                <Instant at={entry.time} />
              </Text>
            </Table.Td>
            <Table.Td>
              <About account={account} entry={entry} />
              <Text size="sm" c="dimmed" hiddenFrom="sm">
                <Instant at={entry.time} />
              </Text>
            </Table.Td>
            <Table.Td ta="right" className="numbers">
              {entry.change > 0 ? `+${counted(entry.change)}` : counted(entry.change)}
            </Table.Td>
            <Table.Td ta="right" className="numbers">
              {counted(entry.balance)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** What an entry is about; a message leads to its first email. */
function About({ account, entry }: { readonly account: string; readonly entry: Entry }) {
  const { data } = useQuery(vocabularyQuestion);
  if (entry.change < 0 && entry.reference !== null) {
    return (
      <Link to="/accounts/$account/history/$email" params={{ account, email: entry.reference }} size="sm">
        {`A message to ${many(-entry.change, 'recipient')}`}
      </Link>
    );
  }
  return (
    <Text size="sm">{data?.ledgerKinds.find(({ name }) => name === entry.kind)?.meaning ?? entry.kind}</Text>
  );
}
