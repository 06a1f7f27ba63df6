import type { Order } from '../../src/conformance/clients/order.ts';
import type { Fault } from './reference-faults.ts';
import type { Reply, SmtpLine } from './smtp-line.ts';

/** How often a client logs in that cannot take no for an answer; fewer than lock the login. */
const LOOPS = 4;

/** Logs in by AUTH XOAUTH2, once more with a new token where the first is refused; gives the reply that decides. */
export async function loginByToken(
  line: SmtpLine,
  { user, token }: Order,
  faults: ReadonlySet<Fault>,
): Promise<Reply> {
  const say = async (access: string): Promise<Reply> => {
    const message = `user=${user}\x01auth=Bearer ${access}\x01\x01`;
    const reply = await line.say(`AUTH XOAUTH2 ${Buffer.from(message).toString('base64')}`);
    if (reply.code !== 334) return reply;
    if (!faults.has('leaves behind the fault of a token')) return line.say('');
    line.end();
    return { code: 535, text: '535 (left)' };
  };
  if (token === undefined) throw new TypeError('There is no token.');
  let reply = await say(token.access);
  const loops = faults.has('asks for tokens for ever') || faults.has('uses a refused token again');
  for (let tries = 0; tries < (loops ? LOOPS : 1) && reply.code === 535; tries += 1) {
    if (faults.has('leaves behind the fault of a token')) return reply;
    const again = faults.has('uses a refused token again');
    reply = await say(again ? token.access : await newToken(token.url));
  }
  return reply;
}

async function newToken(url: string): Promise<string> {
  const response = await fetch(url, { method: 'POST', body: 'grant_type=refresh_token' });
  const answer: unknown = await response.json();
  const isGood = typeof answer === 'object' && answer !== null && 'access_token' in answer;
  return isGood ? String(answer.access_token) : '';
}
