import type { Word } from './word.ts';
import { templateFilters } from './template-filters.ts';

/** What stands for a value in a text. */
export const variableWords: readonly Word[] = [
  {
    id: '${NAME}',
    forms: ['${to}', '${cc}'],
    meaning: 'The address of a recipient, a text of `vars`, or what a pattern captured.',
    example: 'C: RCPT TO:<${to}>\nS: 250 *',
  },
  {
    id: '${sender}',
    meaning: 'The address of the case’s sender.',
    example: 'C: MAIL FROM:<${sender}>\nS: 250 *',
  },
  {
    id: '${login}',
    meaning: 'The login of the first connection.',
    example: 'C: VRFY ${login}\nS: 252 *',
  },
  {
    id: '${password}',
    meaning: 'Its password; blanked in every report.',
    example: 'C: AUTH PLAIN ${password|base64}\nS: 5xx *',
  },
  ...templateFilters.map(({ name, meaning }): Word => ({
    id: `\${NAME|${name}}`,
    forms: [name, `|${name}`],
    meaning: `The value ${meaning}.`,
    example: `C: VRFY \${to|${name}}\nS: 252 *`,
  })),
  {
    id: '${NAME|xN}',
    forms: ['x1000', '|x40'],
    meaning: 'The value so many times; filters are applied from left to right.',
    example: 'C: VRFY ${to|local|x3}\nS: 252 *',
  },
  {
    id: '${NAME|fillN}',
    forms: ['fill100', '|fill80'],
    meaning:
      'In place of the value as many `x` as it lacks to N octets: value and filling together have N, however long the value is.',
    example: 'C: VRFY ${to|fill100}\nS: 252 *',
  },
];

/** Loops, and recipients in groups. */
export const loopWords = [
  {
    id: 'repeat N',
    forms: ['repeat 3', 'repeat'],
    meaning: 'Plays the lines down to `end` so many times; `${n}` counts from 1. Loops may stand in loops.',
    example: 'repeat 3\n  C: VRFY user${n}\n  S: 252 *\nend',
  },
  {
    id: 'repeat each GROUP',
    forms: ['repeat each many'],
    meaning: 'Plays the lines for each recipient of the group; `${many}` is the one whose turn it is.',
    example: 'repeat each many\n  C: RCPT TO:<${many}>\n  S: 250 *\nend',
  },
  {
    id: 'repeat each GROUP N to N',
    forms: ['repeat each many 1 to 84'],
    meaning: 'The same for a part of the group; numbers begin with 1.',
    example: 'repeat each many 1 to 84\n  C: RCPT TO:<${many}>\n  S: 250 *\nend',
  },
  {
    id: 'end',
    forms: ['end'],
    meaning: 'Ends the loop that began last.',
    example: 'repeat 2\n  C: NOOP\n  S: 250 *\nend',
  },
  {
    id: '${n}',
    meaning: 'In a loop the number of the pass, from 1; behind `C` a session a pass: `C${n}: <session>`.',
    example: 'repeat 3\n  C${n}: <session>\nend',
  },
  {
    id: '<send GROUP>',
    forms: ['send many', 'envelope many'],
    meaning:
      'Sends to every recipient of the group, 5,000 at most; `given.recipients` names it: `many: accepts x250`.',
    example: 'C: <send many>',
  },
  {
    id: '<send GROUP N to N>',
    forms: ['send many 1 to 84', 'envelope many 1 to 84'],
    meaning: 'Sends to a part of the group.',
    example: 'C: <send many 1 to 84, cc>',
  },
  {
    id: '${GROUP-N}',
    forms: ['${many-7}'],
    meaning: 'One recipient of a group by its number; `many-7` in macros and under `then`.',
    example: 'C: RCPT TO:<${many-7}>\nS: 250 *',
  },
] as const satisfies readonly Word[];
