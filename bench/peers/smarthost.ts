/** A next host that takes and discards, for a relay to write to: as little work as SMTP allows. */
import { createServer } from 'node:net';
import { answerParent } from '../parent.ts';

let taken = 0;

const server = createServer((socket) => {
  let rest = '';
  let inMessage = false;
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    rest += chunk.toString('latin1');
    let replies = '';
    for (;;) {
      const end = rest.indexOf(inMessage ? '\r\n.\r\n' : '\r\n');
      if (end === -1) break;
      if (inMessage) {
        taken += 1;
        replies += '250 2.0.0 Ok\r\n';
        inMessage = false;
        rest = rest.slice(end + 5);
        continue;
      }
      const verb = rest.slice(0, 4).toUpperCase();
      rest = rest.slice(end + 2);
      inMessage = verb === 'DATA';
      replies += replyTo(verb);
    }
    if (replies !== '') socket.write(replies);
  });
  socket.write('220 smarthost.example ESMTP\r\n');
});

function replyTo(verb: string): string {
  switch (verb) {
    case 'EHLO':
      return '250-smarthost.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n';
    case 'DATA':
      return '354 Go on\r\n';
    case 'QUIT':
      return '221 2.0.0 Bye\r\n';
    default:
      return '250 2.0.0 Ok\r\n';
  }
}

await new Promise<void>((resolve) => {
  server.listen(0, '127.0.0.1', resolve);
});
const address = server.address();
const port = typeof address === 'object' && address !== null ? address.port : 0;
answerParent({ port: () => port, taken: () => taken });
