import { expect, test } from 'vitest';
import { openMailbox } from '../mailbox.ts';
import { chooseFreePorts } from './loopback.ts';

const down = async () => {
  const [api, smtp = 0] = await chooseFreePorts(2);
  return { kind: 'url', api: `http://127.0.0.1:${api}`, smtp: { host: '127.0.0.1', port: smtp } } as const;
};

test('a mailbox that is down is an error, and where somebody hears notices it is one', async () => {
  const choice = await down();
  await expect(openMailbox(choice)).rejects.toThrow('could not be reached');
  const notices: string[] = [];
  await using mailbox = await openMailbox(choice, (sentence) => notices.push(sentence));
  expect(notices).toEqual([expect.stringContaining('could not be reached')]);
  expect(notices[0]).toContain('Mail is taken all the same');
  expect(mailbox.description).toContain('which does not answer yet');
});

test('an address that is none is an error for everybody', async () => {
  const choice = { ...(await down()), api: 'nowhere' };
  await expect(openMailbox(choice, () => undefined)).rejects.toThrow('is not the address of a mailbox');
});
