import { Button, Card, Group, Stack, Table, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import type { EmailDetail } from '../../control-api/email-schemas.ts';
import { emailQuestion } from '../api/history-questions.ts';
import { Link } from '../parts/links.tsx';
import { MailContent } from '../parts/mail-content.tsx';
import { Answered, Page } from '../parts/page.tsx';
import { Instant, sized, State } from '../parts/words.tsx';

const route = getRouteApi('/accounts/$account/history/$email');

/** One email: envelope, what became of it, and its message. */
export function EmailPage() {
  const { account, email } = route.useParams();
  const question = useQuery(emailQuestion(account, email));
  const subject = question.data?.email.subject;
  const address = `/accounts/${encodeURIComponent(account)}/emails/${encodeURIComponent(email)}`;
  return (
    <Page
      title={subject === undefined ? 'Mail' : subject === '' ? '(no subject)' : subject}
      lead={
        <Link to="/accounts/$account/history" params={{ account }}>
          Send history
        </Link>
      }
      actions={
        question.data?.content !== null && (
          <Button
            component="a"
            variant="default"
            href={`${address}/raw`}
            download={`${email}.eml`}
            leftSection={<Download size={18} aria-hidden />}
          >
            Raw message
          </Button>
        )
      }
    >
      <Answered question={question} what="The email">
        {(detail) => (
          <Stack gap="lg">
            <Facts account={account} detail={detail} />
            <MailContent account={account} detail={detail} />
            <Others account={account} detail={detail} />
          </Stack>
        )}
      </Answered>
    </Page>
  );
}

function Facts({ account, detail }: { readonly account: string; readonly detail: EmailDetail }) {
  const { email, envelope } = detail;
  const rows: readonly (readonly [string, React.ReactNode])[] = [
    ['Status', <State kind="emailStatuses" key="state" state={email.status} />],
    ...(email.reason === null ? [] : [['Reason', email.reason] as const]),
    ['Reverse-path', envelope.reversePath === '' ? '<> (none)' : envelope.reversePath],
    ['Forward-path', envelope.forwardPath],
    ['Accepted', <Instant key="time" at={email.time} />],
    [
      'Tried',
      detail.outcomeAt === null ? (
        'not yet'
      ) : (
        <span key="tried">
          {detail.attempts === 1 ? 'once' : `${detail.attempts} times`}, last{' '}
          <Instant at={detail.outcomeAt} />
        </span>
      ),
    ],
    [
      'Session',
      <Link
        key="session"
        to="/accounts/$account/sessions/$session"
        params={{ account, session: detail.session }}
      >
        Transcript of the session that sent it
      </Link>,
    ],
    ['Size', sized(email.size)],
    ['Message-ID', email.messageId === '' ? 'none' : email.messageId],
  ];
  return (
    <Card padding="xs">
      <Table variant="vertical" layout="fixed" withRowBorders={false} verticalSpacing={6}>
        <Table.Tbody>
          {rows.map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th w={128} bg="transparent" c="dimmed" fw={400}>
                {name}
              </Table.Th>
              <Table.Td className="wrap-anywhere">{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  );
}

/** The rows of the other recipients of the same message. */
function Others({ account, detail }: { readonly account: string; readonly detail: EmailDetail }) {
  const others = detail.sameMessage.filter(({ id }) => id !== detail.email.id);
  if (others.length === 0) return null;
  return (
    <Card>
      <Title order={2} size="h4" mb="sm">
        Other recipients of this message
      </Title>
      <Stack gap="xs">
        {others.map((each) => (
          <Group key={each.id} gap="xs">
            <Link
              to="/accounts/$account/history/$email"
              params={{ account, email: each.id }}
              className="wrap-anywhere"
            >
              {each.recipient}
            </Link>
            <State kind="emailStatuses" state={each.status} />
          </Group>
        ))}
      </Stack>
    </Card>
  );
}
