import { Alert, Button, Center, Group, Loader, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { CircleAlert, type LucideIcon } from 'lucide-react';
import { useDeferredValue, type ReactNode } from 'react';
import { ControlFault } from '../api/control.ts';

/** A page: its heading, a sentence of what it is for, what can be done, and its content. */
export function Page(props: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  useDocumentTitle(`${props.title} · SMTP Gauntlet`);
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start" gap="md">
        <Stack gap={4} maw={720}>
          <Title order={1} size="h2" className="wrap-anywhere" dir="auto">
            {props.title}
          </Title>
          {props.lead !== undefined && (
            <Text c="dimmed" component="div">
              {props.lead}
            </Text>
          )}
        </Stack>
        {props.actions !== undefined && <Group gap="sm">{props.actions}</Group>}
      </Group>
      {props.children}
    </Stack>
  );
}

/** What stands where there is nothing yet: what it will be, and what to do for it. */
export function Empty(props: {
  /** Whether it is all that a page has. */
  readonly isPage?: boolean;
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  const Icon = props.icon;
  return (
    <Center py={48} px="md">
      <Stack align="center" gap="xs" maw={460}>
        <ThemeIcon size={56} radius="xl" variant="light" aria-hidden>
          <Icon size={26} />
        </ThemeIcon>
        <Text
          fw={600}
          size="lg"
          mt="xs"
          ta="center"
          {...(props.isPage === true && { role: 'heading', 'aria-level': 1 })}
        >
          {props.title}
        </Text>
        {props.children !== undefined && (
          <Text c="dimmed" ta="center" component="div">
            {props.children}
          </Text>
        )}
        {props.action !== undefined && <Group mt="sm">{props.action}</Group>}
      </Stack>
    </Center>
  );
}

/** An error: what did not work, and why. */
export function Trouble(props: {
  readonly title: string;
  readonly error: Error;
  readonly onRetry?: () => void;
}) {
  return (
    <Alert color="red" variant="light" icon={<CircleAlert aria-hidden />} title={props.title} role="alert">
      <Stack gap="sm" align="flex-start">
        <Text size="sm" className="wrap-anywhere">
          {props.error.message}
        </Text>
        {props.onRetry !== undefined && (
          <Button size="xs" variant="default" onClick={props.onRetry}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

interface Question<Data> {
  readonly data: Data | undefined;
  readonly error: Error | null;
  readonly refetch: () => Promise<unknown>;
}

/** What does not exist, or no longer. */
const isGone = (error: Error): boolean => error instanceof ControlFault && error.status === 404;

/** Nothing answers at all, which the frame says for the whole page. */
const isSilence = (error: Error): boolean => error instanceof ControlFault && error.status === 0;

/** The content of what is read: waiting, the error, or the content itself, which stays while it is read again. */
export function Answered<Data>(props: {
  readonly question: Question<Data>;
  /** What is read, as the end of "… cannot be shown". */
  readonly what: string;
  readonly children: (data: Data) => ReactNode;
}) {
  const { data: answer, error, refetch } = props.question;
  // a long table is drawn in slices, between which the page hears its reader
  const data = useDeferredValue(answer);
  const retry = () => void refetch();
  // what was deleted meanwhile is not shown as if it were there
  if (error !== null && (answer === undefined || isGone(error))) {
    return <Trouble title={`${props.what} cannot be shown`} error={error} onRetry={retry} />;
  }
  if (data !== undefined) {
    return (
      <>
        {error !== null && !isSilence(error) && (
          <Trouble title={`${props.what} could not be read again`} error={error} onRetry={retry} />
        )}
        {props.children(data)}
      </>
    );
  }
  return (
    <Center py="xl" role="status" aria-label={`Reading: ${props.what}`}>
      <Loader />
    </Center>
  );
}
