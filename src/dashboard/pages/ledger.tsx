import { useInfiniteQuery } from '@tanstack/react-query';
import { Card } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { ledgerQuestion } from '../api/questions.ts';
import { LedgerTable } from '../parts/ledger-table.tsx';
import { LinkButton } from '../parts/links.tsx';
import { MoreRows } from '../parts/more-rows.tsx';
import { Answered, Page } from '../parts/page.tsx';

const route = getRouteApi('/accounts/$account/pricing/ledger');

/** Every change of the balance, newest first. */
export function LedgerPage() {
  const { account } = route.useParams();
  const question = useInfiniteQuery(ledgerQuestion(account));
  return (
    <Page
      title="Ledger"
      lead="Every change of the balance, newest first: what was bought, and what each message cost."
      actions={
        <LinkButton to="/accounts/$account/pricing" params={{ account }} variant="default">
          Pricing
        </LinkButton>
      }
    >
      <Card padding={0}>
        <Answered question={question} what="The ledger">
          {({ pages }) => <LedgerTable account={account} entries={pages.flatMap(({ entries }) => entries)} />}
        </Answered>
      </Card>
      <MoreRows question={question} label="Show older entries" />
    </Page>
  );
}
