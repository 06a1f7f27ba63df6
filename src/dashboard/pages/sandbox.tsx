import { Grid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { accountQuestion } from '../api/questions.ts';
import { Answered, Page } from '../parts/page.tsx';
import { BalanceCard, OutageCard } from './sandbox-cards.tsx';
import { ClockCard } from './sandbox-clock.tsx';
import { LimitsCard } from './sandbox-limits.tsx';
import { ResetCard } from './sandbox-reset.tsx';
import { RecipientCard, SuppressionCard } from './sandbox-recipients.tsx';
import { TriggersCard } from './sandbox-triggers.tsx';

const route = getRouteApi('/accounts/$account/sandbox');

/** What only a sandbox lets be done: move time, choose fates, force faults. */
export function SandboxPage() {
  const { account } = route.useParams();
  const question = useQuery(accountQuestion(account));
  return (
    <Page
      title="Sandbox"
      lead="Arrange what your program should meet. All of it holds for this account, unless it says otherwise."
    >
      <Answered question={question} what="The account">
        {(shown) => (
          <Grid gap="lg">
            <Grid.Col span={{ base: 12, md: 6 }}>
              <Stack gap="lg">
                <ClockCard account={shown} />
                <RecipientCard account={shown} />
                <OutageCard account={shown} />
                <ResetCard account={shown} />
              </Stack>
            </Grid.Col>
            <Grid.Col span={{ base: 12, md: 6 }}>
              <Stack gap="lg">
                <BalanceCard account={shown} key={`balance ${shown.balance}`} />
                <LimitsCard account={shown} key={JSON.stringify(shown.limits)} />
                <SuppressionCard account={shown} />
              </Stack>
            </Grid.Col>
            <Grid.Col span={12}>
              <TriggersCard account={shown} />
            </Grid.Col>
          </Grid>
        )}
      </Answered>
    </Page>
  );
}
