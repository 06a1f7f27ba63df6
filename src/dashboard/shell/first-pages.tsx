import { Button, Center, Container, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Navigate, type ErrorComponentProps } from '@tanstack/react-router';
import { Compass, Inbox } from 'lucide-react';
import { accountsQuestion } from '../api/questions.ts';
import { LinkButton } from '../parts/links.tsx';
import { Answered, Empty, Trouble } from '../parts/page.tsx';

/** Leads to the first account, which the sandbox made at its start. */
export function FirstAccount() {
  const question = useQuery(accountsQuestion());
  return (
    <Container py="xl" component="main">
      <Answered question={question} what="The accounts">
        {({ accounts: [first] }) =>
          first === undefined ? (
            <Empty isPage icon={Inbox} title="This sandbox has no account">
              Make one over the control API: POST /accounts. This page opens it then.
            </Empty>
          ) : (
            <Navigate to="/accounts/$account" params={{ account: first.id }} replace />
          )
        }
      </Answered>
    </Container>
  );
}

/** What an address shows that is no page's. */
export function NoSuchPage() {
  return (
    <Empty
      isPage
      icon={Compass}
      title="There is no such page"
      action={<LinkButton to="/">To the start</LinkButton>}
    >
      The address may be of another version of the dashboard.
    </Empty>
  );
}

/** What stands while a page's code is on its way. */
export function Waiting() {
  return (
    <Center py="xl" role="status" aria-label="Loading the page">
      <Loader />
    </Center>
  );
}

/** What stands where a page met a fault of its own: mostly code of another version, after an update. */
export function FaultPage({ error }: ErrorComponentProps) {
  return (
    <Container py="xl">
      <Trouble
        title="This page met a fault"
        error={error instanceof Error ? error : new Error(String(error))}
      />
      <Button mt="md" variant="default" onClick={() => window.location.reload()}>
        Load the page again
      </Button>
    </Container>
  );
}
