import MimeNode from 'nodemailer/lib/mime-node';
import type { Notice } from '../policy/fate.ts';
import type { QueuedEmail } from '../store/account-record.ts';
import type { Delivery } from './delivery.ts';
import { rfc5322Date } from './delivery-copy.ts';

/** What a notice tells of the email that it comes back for. */
type NoticedEmail = Pick<QueuedEmail, 'id' | 'sender' | 'recipient' | 'time' | 'messageId' | 'subject'>;

/**
 * The automatic message for an email, to its reverse-path: a report of its non-delivery (RFC 3464), of a complaint about it (RFC
 * 5965), or an automatic response (RFC 3834). `original` is the message as it was sent.
 */
export async function writeNotice(
  notice: Notice,
  email: NoticedEmail,
  original: Uint8Array,
): Promise<Delivery> {
  const root = rootOf(notice, email, original);
  root.setHeader({
    from: notice.kind === 'automatic response' ? email.recipient : notice.from,
    to: email.sender,
    date: rfc5322Date(email.time),
    'message-id': `<${email.id}.${notice.kind.replaceAll(' ', '-')}@${domainOf(email.recipient)}>`,
    'in-reply-to': email.messageId,
    references: email.messageId,
    'auto-submitted': notice.kind === 'automatic response' ? 'auto-replied' : 'auto-generated',
  });
  return { reversePath: '', forwardPath: email.sender, message: await root.build() };
}

function rootOf(notice: Notice, email: NoticedEmail, original: Uint8Array): MimeNode {
  // the boundaries follow from the email, so that a seeded sandbox writes the same twice
  const options = { baseBoundary: email.id, newline: 'win' } as const;
  switch (notice.kind) {
    case 'bounce': {
      const root = new MimeNode('multipart/report; report-type=delivery-status', options);
      root.setHeader('subject', 'Delivery Status Notification (Failure)');
      textPart(root, `The message could not be delivered to ${email.recipient}.\r\n${notice.diagnostic}\r\n`);
      rawPart(root, 'message/delivery-status', [
        `Reporting-MTA: dns; ${notice.reportingMta}`,
        `Arrival-Date: ${rfc5322Date(email.time)}`,
        '',
        `Final-Recipient: ${addressType(email.recipient)}; ${email.recipient}`,
        'Action: failed',
        `Status: ${notice.status}`,
        `Diagnostic-Code: smtp; ${notice.diagnostic}`,
      ]);
      messagePart(root, original);
      return root;
    }
    case 'complaint': {
      const root = new MimeNode('multipart/report; report-type=feedback-report', options);
      root.setHeader('subject', `Complaint about: ${email.subject}`);
      textPart(root, `${email.recipient} complained about this message.\r\n`);
      rawPart(root, 'message/feedback-report', [
        'Feedback-Type: abuse',
        `User-Agent: ${notice.userAgent}`,
        'Version: 1',
        `Original-Mail-From: <${email.sender}>`,
        `Original-Rcpt-To: <${email.recipient}>`,
        `Arrival-Date: ${rfc5322Date(email.time)}`,
      ]);
      messagePart(root, original);
      return root;
    }
    case 'automatic response': {
      const root = new MimeNode('text/plain; charset=utf-8', options);
      root.setHeader('subject', `Auto: ${email.subject}`);
      root.setContent(notice.text);
      return root;
    }
  }
}

function textPart(root: MimeNode, text: string): void {
  root.createChild('text/plain; charset=utf-8').setContent(text);
}

/** A part that the library must not encode: its fields are read as they are. */
function rawPart(root: MimeNode, type: string, lines: readonly string[]): void {
  const node = root.createChild(type);
  node.setHeader('content-transfer-encoding', '8bit');
  node.setContent(`${lines.join('\r\n')}\r\n`);
}

/** The message that came back, whole: RFC 2046 §5.2.1 allows it no encoding of its own. */
function messagePart(root: MimeNode, original: Uint8Array): void {
  const node = root.createChild('message/rfc822');
  node.setHeader('content-transfer-encoding', '8bit');
  node.setContent(Buffer.from(original));
}

/** The address type of an address (RFC 3464 §2.3.1, RFC 6533 §3). */
function addressType(address: string): string {
  return /^[\x20-\x7E]*$/.test(address) ? 'rfc822' : 'utf-8';
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).replaceAll(/[[\]]/g, '');
}
