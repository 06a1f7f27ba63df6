/** What a built-in message is made of. `number` makes each of a case's messages another one. */
export interface StockMessage {
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly number: number;
}

/**
 * The message where a scenario names none: all that a careful gateway could ask for, so that nothing but the envelope
 * decides its fate (RFC 5322 §3.6).
 */
export function writeStockMessage({ sender, recipients, number }: StockMessage): string {
  const to =
    recipients.length === 0
      ? 'undisclosed-recipients:;'
      : recipients.map((address) => `<${address}>`).join(',\r\n ');
  const domain = sender.slice(sender.lastIndexOf('@') + 1);
  return [
    `From: <${sender}>`,
    `To: ${to}`,
    `Subject: Message ${number}`,
    // the built-in clock of every case; a date that is always the same makes the message always the same
    'Date: Thu, 15 Jan 2026 12:00:00 +0000',
    `Message-ID: <${number}@${domain}>`,
    '',
    'This message was written by the scenario runner.',
    '.this line begins with a dot',
    '',
  ].join('\r\n');
}
