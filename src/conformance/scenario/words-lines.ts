import type { Word } from './word.ts';

/** How a line of a dialogue begins. */
export const lineWords = [
  {
    id: 'C: TEXT',
    meaning: 'The client says this text and CRLF. `${name}` stands for a value.',
    example: 'C: RCPT TO:<${to}>',
  },
  {
    id: 'C: <MACRO>',
    meaning: 'The client does what the macro says, such as `<session>` or `<send to>`.',
    example: 'C: <send to>',
  },
  {
    id: 'C: <MACRO> xN',
    forms: ['<send to> x3', 'x3'],
    meaning:
      'Plays the macro so many times. It works with `<send …>`, `<envelope …>`, `<login …>` and `<wrong login>`; other lines are repeated by `repeat 3` … `end`.',
    example: 'C: <send to> x3',
  },
  {
    id: 'C> OCTETS',
    meaning:
      'The client sends exactly these octets, without a CRLF of its own; `\\r`, `\\n`, `\\t`, `\\\\` and `\\xNN` are read. Of several such lines each leaves in a write of its own.',
    example: 'C> NOOP\\r\\nNOOP\\r\\n\nS: 250 *\nS: 250 *',
  },
  {
    id: 'C2:, S2:',
    forms: ['C2:', 'S2:', 'C2', 'S2', 'C2: <session>'],
    meaning:
      'A further session beside the first one, up to `C999:`; `S2:` is what must come there. `C:` and `S:` are session 1.',
    example: 'C2: <session>\nC2: NOOP\nS2: 250 *',
  },
  {
    id: 'S: EXPECTATION',
    meaning:
      'What must come next in the session. Behind a macro it asks about the macro’s last reply, a refusal too.',
    example: 'C: NOOP\nS: 250 *',
  },
  {
    id: 'S? REPLY by <STAGE>',
    forms: ['S?', 'by <end of data>'],
    meaning:
      'The case passes if exactly this reply comes to any command from here to the stage: connect, EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA, end of data, QUIT.',
    example: 'S? 553 Recipient has exceeded mailbox limit by <end of data>\nC: <send to>',
  },
  {
    id: '[RULE]',
    forms: ['[error.450]', '[]', 'tag'],
    meaning:
      'Behind an `S:` line or a value of `then`: the rule that this expectation holds, instead of `about`.',
    example: 'C: NOOP\nS: 250 *   [protocol.rset]',
  },
  {
    id: '# COMMENT',
    forms: ['#', '# why'],
    meaning: 'A remark. It is not played.',
    example: '# nothing is waited for\nC: NOOP\nS: 250 *',
  },
] as const satisfies readonly Word[];
