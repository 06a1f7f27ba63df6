import { Box, Button, Card, Grid, Group, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ExternalLink, Inbox } from 'lucide-react';
import { useRef } from 'react';
import type { Email } from '../../control-api/history-schemas.ts';
import { emailQuestion, historyQuestion } from '../api/history-questions.ts';
import { gatewayQuestion, vocabularyQuestion } from '../api/questions.ts';
import { changed, ConnectionPicker } from '../parts/filters.tsx';
import { Link } from '../parts/links.tsx';
import { NoRows } from '../parts/no-rows.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { SendFirst } from '../parts/send-first.tsx';
import { MailContent } from '../parts/mail-content.tsx';
import { Answered, Empty, Page } from '../parts/page.tsx';
import { Instant } from '../parts/words.tsx';

const route = getRouteApi('/accounts/$account/inbox');

/** The mail that reached its mailbox, by connection and recipient, beside the one that is read. */
export function InboxPage() {
  const { account } = route.useParams();
  const { mail, ...filters } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: words } = useQuery(vocabularyQuestion);
  const question = useInfiniteQuery({
    ...historyQuestion(account, filters),
    enabled: words !== undefined,
  });
  // what a recipient did with a mail that came is a status of its own
  const reached = new Set(words?.emailStatuses.flatMap(({ name, reached: has }) => (has ? [name] : [])));
  const reader = useRef<HTMLDivElement>(null);
  const choose = (search: typeof filters & { readonly mail?: string }) =>
    void navigate({ search, replace: true });
  return (
    <Page
      title="Inbox"
      lead="What was delivered: newest first, and new mail comes by itself."
      actions={<MailboxLink />}
    >
      <Group align="flex-end" gap="sm">
        <SearchField
          placeholder="Recipient, sender or subject"
          words={filters.search ?? ''}
          onFind={(search) => choose(changed(filters, { search }))}
        />
        <ConnectionPicker account={account} filters={filters} onChange={choose} />
      </Group>
      <Answered question={question} what="The inbox">
        {({ pages }) => {
          const emails = pages.flatMap((page) => page.emails).filter(({ status }) => reached.has(status));
          const open = mail ?? emails[0]?.id;
          return emails.length === 0 || open === undefined ? (
            <Card padding={0}>
              <NoRows
                question={question}
                filters={filters}
                onClear={() => choose({})}
                title="No delivered mail matches"
                advice="Fewer words or another connection may find it."
              >
                <Empty icon={Inbox} title="No mail here" action={<SendFirst account={account} />}>
                  Delivered mail appears here. Send one to a recipient that accepts mail.
                </Empty>
              </NoRows>
            </Card>
          ) : (
            <Grid gap="md">
              <Grid.Col span={{ base: 12, md: 4 }}>
                <Card padding={6}>
                  <nav aria-label="Delivered mails" className="mail-list">
                    {emails.map((email) => (
                      <MailRow
                        key={email.id}
                        email={email}
                        isOpen={email.id === open}
                        onOpen={() => {
                          choose({ ...filters, mail: email.id });
                          // on a phone the mail stands below the list
                          reader.current?.scrollIntoView({ block: 'nearest' });
                        }}
                      />
                    ))}
                    {question.hasNextPage && (
                      <UnstyledButton p="sm" c="indigo" onClick={() => void question.fetchNextPage()}>
                        Show older mails
                      </UnstyledButton>
                    )}
                  </nav>
                </Card>
              </Grid.Col>
              <Grid.Col span={{ base: 12, md: 8 }} ref={reader} style={{ scrollMarginTop: 72 }}>
                <Reader account={account} email={open} />
              </Grid.Col>
            </Grid>
          );
        }}
      </Answered>
    </Page>
  );
}

/** The way to the mailbox itself, where it has pages and this browser can reach them. */
function MailboxLink() {
  const { data: gateway } = useQuery(gatewayQuestion);
  const mailbox = gateway?.mailbox ?? null;
  if (mailbox === null || !isReachable(mailbox.url)) return null;
  return (
    <Button
      component="a"
      variant="default"
      href={mailbox.url}
      target="_blank"
      rel="noreferrer"
      title={mailbox.description}
      rightSection={<ExternalLink size={18} aria-label="opens in another tab" />}
    >
      Open the mailbox
    </Button>
  );
}

const loopback = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** A mailbox on loopback is this machine's alone: a browser of another machine would meet its own. */
function isReachable(url: string): boolean {
  return loopback.test(window.location.hostname) || !loopback.test(new URL(url).hostname);
}

function MailRow(props: { readonly email: Email; readonly isOpen: boolean; readonly onOpen: () => void }) {
  const { email, isOpen, onOpen } = props;
  return (
    <UnstyledButton
      className="mail-row"
      data-open={isOpen || undefined}
      aria-pressed={isOpen}
      onClick={onOpen}
    >
      <Text size="sm" fw={600} truncate dir="auto">
        {email.subject === '' ? '(no subject)' : email.subject}
      </Text>
      <Text size="xs" c="dimmed" truncate>
        {email.recipient}
      </Text>
      <Text size="xs" c="dimmed">
        <Instant at={email.time} />
      </Text>
    </UnstyledButton>
  );
}

function Reader({ account, email }: { readonly account: string; readonly email: string }) {
  const question = useQuery(emailQuestion(account, email));
  return (
    <Answered question={question} what="The mail">
      {(detail) => (
        <Stack gap="md">
          <Card padding="md">
            <Group justify="space-between" align="flex-start" wrap="nowrap">
              <Box miw={0}>
                <Title order={2} size="h4" className="wrap-anywhere" dir="auto">
                  {detail.email.subject === '' ? '(no subject)' : detail.email.subject}
                </Title>
                <Text size="sm" c="dimmed" className="wrap-anywhere">
                  {detail.email.sender} → {detail.email.recipient}
                </Text>
              </Box>
              <Link
                to="/accounts/$account/history/$email"
                params={{ account, email }}
                size="sm"
                style={{ whiteSpace: 'nowrap' }}
              >
                All about it
              </Link>
            </Group>
          </Card>
          <MailContent account={account} detail={detail} />
        </Stack>
      )}
    </Answered>
  );
}
