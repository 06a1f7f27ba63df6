import { Card, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { MailCheck } from 'lucide-react';
import { firstEmailQuestion } from '../api/questions.ts';
import { Answered } from '../parts/page.tsx';
import { State } from '../parts/words.tsx';

/** Waits for the first mail, and turns by itself when it comes. */
export function FirstMail({ account }: { readonly account: string }) {
  const question = useQuery(firstEmailQuestion(account));
  return (
    <Card aria-live="polite">
      <Answered question={question} what="The send history">
        {(first) =>
          first === null ? (
            <Group wrap="nowrap" gap="md">
              <span className="pulse" aria-hidden />
              <Stack gap={0}>
                <Title order={2} size="h4">
                  Waiting for a first mail…
                </Title>
                <Text c="dimmed" size="sm">
                  Paste a snippet into a terminal. This card turns as soon as the mail is accepted.
                </Text>
              </Stack>
            </Group>
          ) : (
            <Group wrap="nowrap" gap="md" align="flex-start">
              <ThemeIcon size={44} radius="xl" color="teal" variant="light" aria-hidden>
                <MailCheck size={22} />
              </ThemeIcon>
              <Stack gap={4} miw={0}>
                <Title order={2} size="h4">
                  Your first mail has arrived
                </Title>
                <Text className="wrap-anywhere" dir="auto">
                  {first.subject === '' ? '(no subject)' : first.subject}
                </Text>
                <Group gap="xs">
                  <Text size="sm" c="dimmed" className="wrap-anywhere">
                    to {first.recipient}
                  </Text>
                  <State kind="emailStatuses" state={first.status} />
                </Group>
              </Stack>
            </Group>
          )
        }
      </Answered>
    </Card>
  );
}
