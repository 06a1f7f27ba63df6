import { Alert, Button, Card, Center, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { CircleAlert } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { bodyOf, control } from '../api/control.ts';
import { Answered } from '../parts/page.tsx';

const loginQuestion = queryOptions({
  queryKey: ['login'],
  queryFn: () => bodyOf(control.session.$get()),
});

/** Lets the pages through where no token is wanted, or the browser has shown it; else asks for it. */
export function Gate() {
  const question = useQuery(loginQuestion);
  return (
    <Answered question={question} what="The sandbox">
      {({ needed, loggedIn }) => (needed && !loggedIn ? <LoginPage /> : <Outlet />)}
    </Answered>
  );
}

function LoginPage() {
  const [token, setToken] = useState('');
  const client = useQueryClient();
  const order = useMutation({
    mutationFn: () => bodyOf(control.session.$post({ json: { token } })),
    onSuccess: () => client.invalidateQueries(),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    order.mutate();
  };
  return (
    <Center mih="80vh" p="md" component="main">
      <Card w="100%" maw={420}>
        <form onSubmit={submit}>
          <Stack>
            <Title order={1} size="h3">
              Log in
            </Title>
            <Text c="dimmed" size="sm">
              This sandbox can be reached from other machines, so it asks for the token that it was started
              with (--token or GAUNTLET_TOKEN).
            </Text>
            <PasswordInput
              label="Token"
              autoComplete="current-password"
              value={token}
              onChange={(event) => setToken(event.currentTarget.value)}
              data-autofocus
            />
            {order.error !== null && (
              <Alert color="red" icon={<CircleAlert aria-hidden />} title="Not logged in" role="alert">
                {order.error.message}
              </Alert>
            )}
            <Button type="submit" loading={order.isPending} disabled={token === ''}>
              Log in
            </Button>
          </Stack>
        </form>
      </Card>
    </Center>
  );
}
