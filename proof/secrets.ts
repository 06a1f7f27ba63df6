import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { bodyOf, openControlClient } from '../src/control-api/client.ts';
import { readSessions } from '../src/control-api/read-sessions.ts';
import type { Sandbox } from '../src/sandbox/sandbox.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/**
 * Logs in on 587 in each way, right and wrong, and looks for what was secret in the transcripts that the control API
 * shows (rule `sandbox.secrets`). Gives the secrets found; none is as it should be.
 */
export async function leakedSecrets(sandbox: Sandbox): Promise<readonly string[]> {
  const client = openControlClient(sandbox.controlUrl);
  const login = 'login-of-the-secrets';
  const password = 'correct-horse-battery';
  const wrong = 'wrong-donkey-staple';
  await bodyOf(
    client.accounts.$post({
      json: { connections: [{ name: 'secrets', sender: 'a@secrets.example', login, password }] },
    }),
  );
  const response = base64(`\0${login}\0${password}`);
  const dialogues = [
    [`AUTH PLAIN ${base64(`\0${login}\0${wrong}`)}`, `AUTH PLAIN ${response}`],
    ['AUTH PLAIN', response],
    ['AUTH LOGIN', base64(login), base64(password)],
    [`auth login ${base64(login)}`, base64(password)],
    // what a client does that does not look at replies, or puts the password where it does not belong
    ['AUTH CRAM-MD5', base64(login), base64(password)],
    [`AUTH PLAIN=${response}`, `AUTH=PLAIN ${response}`, `AUTH ${response}`],
    [`AUTH PLAIN ${base64(`\0${login}\0${wrong}`)}`, wrong, `EHLO ${wrong}`],
    [`EHLO ${password}`, `PASS ${password}`, `NOOP ${base64(password)}`],
  ];
  for (const dialogue of dialogues) await converse(sandbox, ['EHLO client.example', ...dialogue, 'QUIT']);

  const sessions = await readSessions(client);
  const shown = JSON.stringify(sessions);
  if (!shown.includes('235 ')) throw new Error('No transcript shows the logins that were to be looked at.');
  return [password, wrong, ...dialogues.flat().flatMap((line) => line.split(' ').slice(-1))].filter(
    (secret) => !/^(?:PLAIN|LOGIN|CRAM-MD5)$/.test(secret) && shown.includes(secret),
  );
}

/** Says one line after another, each after the reply to the last, until the gateway closes. */
async function converse(sandbox: Sandbox, lines: readonly string[]): Promise<void> {
  const listener = sandbox.addresses.find(({ port }) => port === 587);
  if (listener === undefined) throw new Error('The sandbox has no 587.');
  const socket = connect(listener.number, listener.host);
  const waiting = lines.slice();
  for await (const reply of createInterface({ input: socket })) {
    const next = /^\d{3}-/.test(reply) ? undefined : waiting.shift();
    if (next !== undefined) socket.write(`${next}\r\n`);
  }
}
