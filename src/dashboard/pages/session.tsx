import { Button, Card, Code, Group, List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Ban, FileDown, Lock } from 'lucide-react';
import type { Session } from '../../control-api/history-schemas.ts';
import { vocabularyQuestion } from '../api/questions.ts';
import { sessionQuestion } from '../api/session-questions.ts';
import { Link } from '../parts/links.tsx';
import { Answered, Page } from '../parts/page.tsx';
import { explain, linesOf, type Line } from '../parts/transcript.ts';
import { Instant } from '../parts/words.tsx';

const route = getRouteApi('/accounts/$account/sessions/$session');

/** One session: the transcript with times, TLS facts, and the rule behind each refusal. */
export function SessionPage() {
  const { account, session } = route.useParams();
  const question = useQuery(sessionQuestion(session));
  return (
    <Page
      title="Session"
      lead={
        <Link to="/accounts/$account/sessions" params={{ account }}>
          All sessions
        </Link>
      }
      actions={
        question.data !== undefined && (
          <Button
            component="a"
            variant="default"
            href={`/sessions/${encodeURIComponent(session)}/scenario`}
            download
            leftSection={<FileDown size={18} aria-hidden />}
          >
            Save as scenario
          </Button>
        )
      }
    >
      <Answered question={question} what="The session">
        {(shown) => <Transcript account={account} session={shown.session} />}
      </Answered>
    </Page>
  );
}

function Transcript({ account, session }: { readonly account: string; readonly session: Session }) {
  const lines = linesOf(session);
  return (
    <Stack gap="lg">
      <Group gap="lg">
        <Text size="sm">
          <Text span c="dimmed">
            Began{' '}
          </Text>
          <Instant at={session.startedAt} />
        </Text>
        <Text size="sm">
          <Text span c="dimmed">
            Port{' '}
          </Text>
          {session.port}
        </Text>
        <Text size="sm">
          <Text span c="dimmed">
            Client{' '}
          </Text>
          {session.clientAddress}
        </Text>
        <Text size="sm" c="dimmed">
          {session.account === null ? 'Never logged in' : 'Logged in'}
        </Text>
      </Group>
      <Card padding="md">
        <Stack gap={2} role="log" aria-label="Transcript">
          {lines.map((line, at) => (
            // lines never move
            // oxlint-disable-next-line react/no-array-index-key
            <Row key={at} account={account} line={line} />
          ))}
        </Stack>
        {session.truncated && (
          <Text size="sm" c="dimmed" mt="md">
            Some of it is missing: the transcript was full.
          </Text>
        )}
      </Card>
    </Stack>
  );
}

function Row({ account, line }: { readonly account: string; readonly line: Line }) {
  const time = `${line.at.toFixed(0)} ms`;
  if (line.kind === 'fact') {
    return (
      <div className="wire-row">
        <span className="wire-time">{time}</span>
        <span />
        <Text size="sm" c="dimmed" fs="italic" className="wrap-anywhere">
          {line.text}
        </Text>
      </div>
    );
  }
  return (
    <>
      <div className="wire-row" data-refusal={line.isRefusal || undefined}>
        <span className="wire-time">{time}</span>
        <span className="wire-side">
          {line.direction}
          {line.tls && <Lock size={11} aria-label="under TLS" />}
        </span>
        <span className="wire-text">{line.text}</span>
      </div>
      {line.rule !== undefined && line.isRefusal && (
        <Why account={account} rule={line.rule} reply={line.text.trim()} />
      )}
    </>
  );
}

/** The rule behind a reply, with the sentence from which it comes and what the documentation says to do. */
function Why(props: { readonly account: string; readonly rule: string; readonly reply: string }) {
  const { account, rule, reply } = props;
  const { data } = useQuery(vocabularyQuestion);
  const known = explain(data, rule, reply);
  return (
    <div className="wire-why">
      <Ban size={18} aria-hidden />
      <Stack gap={6} miw={0}>
        <Link
          to="/accounts/$account/rules"
          params={{ account }}
          search={{ search: rule }}
          size="sm"
          fw={600}
          className="wrap-anywhere"
        >
          {rule}
        </Link>
        {known.rule !== undefined && <Text size="sm">{known.rule.statement}</Text>}
        {known.rule !== undefined && known.rule.source !== '' && (
          <Text size="sm" c="dimmed">
            {known.basis !== undefined && `${known.basis}: `}“{known.rule.source}”
          </Text>
        )}
        {known.error !== undefined && (
          <>
            <Text size="sm">
              <b>Reason:</b> {known.error.cause} <Code>{known.error.reply}</Code>
            </Text>
            <Text size="sm" component="div">
              <b>Solution:</b>
              <List size="sm">
                {known.error.cure.map((each) => (
                  <List.Item key={each}>{each}</List.Item>
                ))}
              </List>
            </Text>
          </>
        )}
      </Stack>
    </div>
  );
}
