import { Card, Grid, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { PlugZap } from 'lucide-react';
import type { Account } from '../../control-api/schemas.ts';
import { accountQuestion } from '../api/questions.ts';
import { LinkButton } from '../parts/links.tsx';
import { Answered, Empty, Page } from '../parts/page.tsx';
import {
  ConnectionData,
  targetOf,
  useChosenListener,
  useGoodRecipient,
} from '../snippets/connection-data.tsx';
import { SnippetTabs } from '../snippets/snippet-tabs.tsx';
import { FirstMail } from './start-first-mail.tsx';
import { TryNext } from './start-try-next.tsx';

const route = getRouteApi('/accounts/$account');

/** The first visit: the ready-made connection, a snippet, and the first mail as it comes. */
export function StartPage() {
  const { account } = route.useParams();
  const question = useQuery(accountQuestion(account));
  return (
    <Page
      title="Send to the sandbox"
      lead="Point your program at this gateway. It answers as the real one does, and delivers to nobody."
    >
      <Answered question={question} what="The account">
        {(shown) => <Start account={shown} />}
      </Answered>
    </Page>
  );
}

function Start({ account }: { readonly account: Account }) {
  const [connection] = account.connections;
  const recipient = useGoodRecipient();
  const { listeners, chosen, choose } = useChosenListener(account);
  if (connection === undefined) {
    return (
      <Empty
        icon={PlugZap}
        title="This account has no connection yet"
        action={
          <LinkButton to="/accounts/$account/connections/new" params={{ account: account.id }}>
            Create connection
          </LinkButton>
        }
      >
        A connection gives your program its login and password.
      </Empty>
    );
  }
  return (
    <Stack gap="lg">
      <FirstMail account={account.id} />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Card h="100%">
            <Title order={2} size="h4" mb="md" dir="auto" className="wrap-anywhere">
              Connection “{connection.name}”
            </Title>
            {chosen !== undefined && (
              <ConnectionData
                connection={connection}
                listeners={listeners}
                chosen={chosen}
                onChoose={choose}
              />
            )}
          </Card>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Card h="100%">
            <Title order={2} size="h4" mb="md">
              Send a first mail
            </Title>
            {chosen !== undefined && <SnippetTabs target={targetOf(chosen, connection, recipient)} />}
          </Card>
        </Grid.Col>
      </Grid>
      <TryNext />
    </Stack>
  );
}
