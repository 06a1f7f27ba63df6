import { describe, expect, test } from 'vitest';
import { replyFrom } from '../../smtp/reply.ts';
import { followConversation } from './conversation.ts';

/** Plays `C: …` and `S: …` lines; gives the verb that each reply answers. */
function follow(...lines: readonly string[]) {
  const conversation = followConversation();
  const answers = lines.flatMap((line) => {
    if (line.startsWith('S: ')) return [conversation.gatewayReplied(replyFrom(line.slice(3)))];
    conversation.clientSaid(line.slice(3));
    return [];
  });
  return { conversation, answers };
}

describe('who answers what', () => {
  test('greeting, commands sent together, and a reply too many', () => {
    const { answers, conversation } = follow(
      'S: 220 hi',
      'C: NOOP\r\nRSET\r\n',
      'S: 250 a',
      'S: 250 b',
      'S: 250 c',
    );
    expect(answers).toEqual(['connect', 'NOOP', 'RSET', undefined]);
    expect(conversation.owed()).toBe(0);
  });

  test('the lines of an AUTH exchange are answers, no commands', () => {
    const { answers } = follow(
      'S: 220 hi',
      'C: AUTH LOGIN\r\n',
      'S: 334 u',
      'C: QUIT\r\n',
      'S: 334 p',
      'C: x\r\n',
      'S: 235 yes',
      'C: NOOP\r\n',
      'S: 250 a',
    );
    expect(answers).toEqual(['connect', 'AUTH', 'answer', 'answer', 'NOOP']);
  });

  test('what follows a DATA that was refused is commands, behind a 354 it is the message', () => {
    expect(follow('S: 220 hi', 'C: DATA\r\nQUIT\r\n', 'S: 503 no', 'S: 221 bye').answers).toEqual([
      'connect',
      'DATA',
      'QUIT',
    ]);
    expect(
      follow('S: 220 hi', 'C: DATA\r\nQUIT\r\n.\r\nNOOP\r\n', 'S: 354 go', 'S: 250 a', 'S: 250 b').answers,
    ).toEqual(['connect', 'DATA', 'end of data', 'NOOP']);
  });

  test('a handshake forgets what was said behind STARTTLS', () => {
    const { conversation } = follow('S: 220 hi', 'C: STARTTLS\r\nNOOP\r\n', 'S: 220 go');
    expect(conversation.owed()).toBe(1);
    conversation.handshakeDone();
    expect(conversation.owed()).toBe(0);
  });
});

describe('what was submitted', () => {
  const opening = [
    'S: 220 hi',
    'C: MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nRCPT TO:<e@f>\r\nDATA\r\n',
    'S: 250 a',
    'S: 250 b',
    'S: 450 no',
    'S: 354 go',
  ];

  test('is the message without its dots, for the recipients that were accepted', () => {
    const { conversation } = follow(...opening, 'C: x: y\r\n\r\n..dot\r\n', 'C: .\r\n', 'S: 250 ok');
    expect(conversation.submissions()).toMatchObject([
      {
        message: 'x: y\r\n\r\n.dot\r\n',
        forwardPaths: ['c@d'],
        reversePath: 'a@b',
        taken: { transmissionType: 'ESMTP' },
      },
    ]);
  });

  test('is nothing where the end was refused or never came', () => {
    expect(follow(...opening, 'C: x\r\n.\r\n', 'S: 550 no').conversation.submissions()).toEqual([]);
    const half = follow(...opening, 'C: x\r\n').conversation;
    expect(half.submissions()).toEqual([]);
    expect(half.awaitsCommand()).toBe(false);
  });

  test('may be an empty message; a lone LF ends nothing', () => {
    expect(follow(...opening, 'C: .\r\n', 'S: 250 ok').conversation.submissions()).toMatchObject([
      { message: '' },
    ]);
    expect(follow(...opening, 'C: a\n.\nb\r\n.\r\n', 'S: 250 ok').conversation.submissions()).toMatchObject([
      { message: 'a\n.\nb\r\n' },
    ]);
  });

  test('forgets recipients at RSET', () => {
    const { conversation } = follow(
      'S: 220 hi',
      'C: MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nRSET\r\n',
      'S: 250 a',
      'S: 250 b',
      'S: 250 c',
    );
    expect(conversation.forwardPaths()).toEqual([]);
  });
});
