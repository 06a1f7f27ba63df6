import { Alert, AppShell, Box, Burger, Group, Text } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet } from '@tanstack/react-router';
import { Unplug, UserX } from 'lucide-react';
import { ControlFault } from '../api/control.ts';
import { accountQuestion } from '../api/questions.ts';
import { LinkButton } from '../parts/links.tsx';
import { Empty } from '../parts/page.tsx';
import { AccountMenu } from './account-menu.tsx';
import { ColorSchemeSwitch } from './color-scheme-switch.tsx';
import { LiveProvider, useLive } from './live.tsx';
import { LiveMark } from './live-mark.tsx';
import { Logo } from './logo.tsx';
import { Navigation } from './navigation.tsx';

const route = getRouteApi('/accounts/$account');

/** What every page of an account stands in. */
export function Frame() {
  const { account } = route.useParams();
  const [isOpen, { toggle, close }] = useDisclosure();
  useHotkeys([['Escape', close]]);
  return (
    <LiveProvider account={account}>
      <a href="#content" className="skip-link">
        Skip to the content
      </a>
      <AppShell
        header={{ height: 60 }}
        navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
        padding={{ base: 'md', sm: 'xl' }}
        withBorder
      >
        <AppShell.Header>
          <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="xs">
            <Group gap="sm" wrap="nowrap">
              <Burger
                opened={isOpen}
                onClick={toggle}
                hiddenFrom="sm"
                size="sm"
                aria-label={isOpen ? 'Close the menu' : 'Open the menu'}
              />
              <Logo />
            </Group>
            <Group gap="xs" wrap="nowrap">
              <LiveMark />
              <AccountMenu />
              <ColorSchemeSwitch />
            </Group>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar p="sm" aria-label="Pages">
          <Navigation onNavigate={close} />
          <Text size="xs" c="dimmed" mt="auto" p="sm">
            All times are UTC, by the account’s clock. <a href="/docs">Control API</a>
          </Text>
        </AppShell.Navbar>
        <AppShell.Main id="content" tabIndex={-1}>
          <Box maw={1180} mx="auto">
            <LostServer />
            <OfAccount account={account} />
          </Box>
        </AppShell.Main>
      </AppShell>
    </LiveProvider>
  );
}

/** The page, or what became of its account: a sandbox without a data folder begins anew with new accounts. */
function OfAccount({ account }: { readonly account: string }) {
  const { error } = useQuery(accountQuestion(account));
  if (!(error instanceof ControlFault && error.status === 404)) return <Outlet />;
  return (
    <Empty
      isPage
      icon={UserX}
      title="This account is not there any more"
      action={<LinkButton to="/">Show the account that is there</LinkButton>}
    >
      It was deleted, or the sandbox was started anew: without <code>--data</code> each start has accounts of
      its own.
    </Empty>
  );
}

function LostServer() {
  const state = useLive();
  return (
    <div aria-live="polite">
      {state === 'lost' && (
        <Alert color="orange" icon={<Unplug aria-hidden />} title="The sandbox does not answer" mb="lg">
          What you see is from before. The page connects again by itself as soon as the sandbox is back.
        </Alert>
      )}
    </div>
  );
}
