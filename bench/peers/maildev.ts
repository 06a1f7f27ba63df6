import { startProgram } from './start-program.ts';
import type { Peer } from './peer.ts';

/** MailDev, which keeps what it takes in memory; found where `npm install --global maildev` puts it. */
export function startMailDev(): Promise<Peer> {
  const login = { name: 'bench', password: 'bench-password' };
  return startProgram({ name: 'MailDev', flag: undefined, login }, 'maildev', (port) => [
    '--smtp',
    String(port),
    '--ip',
    '127.0.0.1',
    '--disable-web',
    '--silent',
    '--incoming-user',
    login.name,
    '--incoming-pass',
    login.password,
    '--max-emails',
    '1000',
  ]);
}
