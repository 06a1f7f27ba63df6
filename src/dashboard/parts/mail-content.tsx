import { Alert, Card, Group, Stack, Tabs, Text } from '@mantine/core';
import { Paperclip } from 'lucide-react';
import type { EmailDetail } from '../../control-api/email-schemas.ts';
import { sized } from './words.tsx';

/** The message of an email: HTML in a frame that runs and loads nothing, text, header, attachments. */
export function MailContent({ account, detail }: { readonly account: string; readonly detail: EmailDetail }) {
  const { content, contentGone } = detail;
  const frame = `/accounts/${encodeURIComponent(account)}/emails/${encodeURIComponent(detail.email.id)}/html`;
  if (content === null) {
    return (
      <Alert color="gray" title="The text of this mail is gone">
        {contentGone}
      </Alert>
    );
  }
  return (
    <Card>
      <Tabs defaultValue={content.html === null ? 'text' : 'html'} keepMounted={false}>
        <Tabs.List mb="md">
          {content.html !== null && <Tabs.Tab value="html">HTML</Tabs.Tab>}
          <Tabs.Tab value="text">Text</Tabs.Tab>
          <Tabs.Tab value="header">Header</Tabs.Tab>
          {content.attachments.length > 0 && (
            <Tabs.Tab value="attachments">Attachments ({content.attachments.length})</Tabs.Tab>
          )}
        </Tabs.List>
        {content.html !== null && (
          <Tabs.Panel value="html">
            {/* no script, no form, no network: the answer's own policy says the same again */}
            <iframe className="mail-frame" sandbox="" src={frame} title="The mail as HTML" />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="text">
          {content.text === null ? (
            <Text c="dimmed">This mail has no text part.</Text>
          ) : (
            <pre className="mail-text" dir="auto" tabIndex={0} role="region" aria-label="The mail as text">
              {content.text}
            </pre>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="header">
          <Stack gap={6}>
            {content.header.map(({ name, value }, at) => (
              // fields may repeat, and never move
              // oxlint-disable-next-line react/no-array-index-key
              <Text key={`${name} ${at}`} size="sm" ff="monospace" className="wrap-anywhere">
                <b>{name}:</b> {value}
              </Text>
            ))}
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="attachments">
          <Stack gap="xs">
            {content.attachments.map((each, at) => (
              // oxlint-disable-next-line react/no-array-index-key
              <Group key={at} gap="xs">
                <Paperclip size={16} aria-hidden />
                <Text size="sm" className="wrap-anywhere">
                  {each.name ?? 'without a name'}
                </Text>
                <Text size="sm" c="dimmed">
                  {each.mediaType}, {sized(each.size)}
                </Text>
              </Group>
            ))}
          </Stack>
        </Tabs.Panel>
      </Tabs>
      {content.cut && (
        <Text size="sm" c="dimmed" mt="md">
          Something was too long and was cut; the raw message has all of it.
        </Text>
      )}
    </Card>
  );
}
