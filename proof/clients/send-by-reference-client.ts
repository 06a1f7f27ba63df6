/** The reference client as a program: one mail, as SMTP_HOST and its like say; faults as words. */
import { readFile } from 'node:fs/promises';
import type { Notification } from '../../src/conformance/clients/order.ts';
import { ReferenceClient } from './reference-client.ts';
import { faults } from './reference-faults.ts';

const env = (name: string): string => process.env[name] ?? '';
const tls = env('SMTP_TLS');
const client = new ReferenceClient(faults.filter((fault) => process.argv.includes(fault)));
const result = await client.send({
  case: env('SMTP_CASE'),
  host: env('SMTP_HOST'),
  serverName: env('SMTP_SERVERNAME'),
  port: Number(env('SMTP_PORT')),
  user: env('SMTP_USER'),
  password: env('SMTP_PASS'),
  tls: tls === 'implicit' || tls === 'starttls' ? tls : 'none',
  ca: await readFile(env('SMTP_CA'), 'utf8'),
  caFile: env('SMTP_CA'),
  from: env('SMTP_FROM'),
  to: env('SMTP_TO').split(','),
  bcc: env('SMTP_BCC')
    .split(',')
    .filter((address) => address !== ''),
  subject: env('SMTP_SUBJECT'),
  fromName: env('SMTP_FROM_NAME'),
  text: env('SMTP_TEXT'),
  mails: Number(env('SMTP_MAILS')),
  // the names are those of the order
  dsn: env('SMTP_DSN')
    .split(',')
    .filter((each) => each !== '') as Notification[],
  token: env('SMTP_TOKEN') === '' ? undefined : { access: env('SMTP_TOKEN'), url: env('SMTP_TOKEN_URL') },
});
process.stdout.write(`${JSON.stringify(result)}\n`);
