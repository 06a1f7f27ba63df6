import type { Word } from './word.ts';

/** The keys on the left margin of a file. */
export const fileWords = [
  {
    id: 'title',
    meaning: 'What the scenario shows, in one line of 120 characters at most.',
    example: 'title: A copy costs a send too',
  },
  {
    id: 'about',
    meaning:
      'The rule of the contract that the scenario holds (`gauntlet coverage` lists them), or a requirement of your own: `SHOP-123`, or `own:` with a short name.',
    example: 'about: billing.per-recipient',
  },
  {
    id: 'modes',
    meaning: 'In which of the provider’s modes the scenario runs; in all of them unless it says so.',
    example: 'modes: [25, 25+starttls]',
  },
  {
    id: 'given',
    meaning: 'What must be true before the dialogue. A key that is left out has its default.',
    example: 'given: { balance: 5, recipients: { to: accepts } }',
  },
  {
    id: 'vars',
    meaning:
      'Texts of your own, written `${name}` in dialogue, messages and columns of the history; each may hold those above it.',
    example:
      'vars: { plain: "\\0${login}\\0${password}" }\ndialogue: |\n  C: <open>\n  C: AUTH PLAIN ${plain|base64}\n  S: 235 *',
  },
  {
    id: 'messages',
    meaning:
      'Messages by name, sent octet by octet with `C: <message NAME>`. Lines of a literal block end with CRLF on the wire; a text in double quotes is sent exactly as it stands.',
    example:
      'messages:\n  order: |\n    From: <${sender}>\n    Subject: Order 7\n\n    Thank you.\ndialogue: |\n  C: <session>\n  C: <envelope to>\n  C: <message order>\n  S: 250 *',
  },
  {
    id: 'dialogue',
    meaning:
      'The lines of the session, from top to bottom: `C:` is what the client says, `S:` what must come.',
    example: 'dialogue: |\n  C: <session>\n  C: NOOP\n  S: 250 *',
  },
  {
    id: 'cases',
    meaning:
      'Several dialogues over one beginning, in place of `dialogue`. Each has a title and may have its own `about`, `modes` and `then`.',
    example:
      'cases:\n  - title: a wrong password\n    about: error.535\n    dialogue: |\n      C: <open>\n      C: <AUTH wrong password>\n      S: 535 *',
  },
  {
    id: 'cases.title',
    meaning: 'What this case shows; its id is made of it, so it is unique in the file.',
    example:
      'cases:\n  - title: a wrong password\n    dialogue: |\n      C: <open>\n      C: <AUTH wrong password>\n      S: 535 *',
  },
  {
    id: 'then',
    meaning:
      'What must be true afterwards. A key that is there is exhaustive; one that is left out asserts nothing.',
    example: 'then: { charged: 1, delivered: { to: as sent } }',
  },
  {
    id: 'withdrawn',
    meaning: 'Takes the scenario out of every run and says why; its id stays taken.',
    example: 'withdrawn: { why: the provider changed the rule, since: 2026-03-01 }',
  },
  {
    id: 'withdrawn.why',
    meaning: 'The reason, as reports print it.',
    example: 'withdrawn: { why: the provider changed the rule, since: 2026-03-01 }',
  },
  {
    id: 'withdrawn.since',
    meaning: 'The date or version from which it does not run.',
    example: 'withdrawn: { why: the provider changed the rule, since: 2026-03-01 }',
  },
  {
    id: 'found',
    meaning: 'How a generated session found this case; `gauntlet explore` writes it.',
    example: 'found: { property: billing, seed: 42, path: "3:1", date: 2026-02-01 }',
  },
  {
    id: 'found.property',
    meaning: 'The property that was broken.',
    example: 'found: { property: billing, seed: 42, path: "3:1", date: 2026-02-01 }',
  },
  {
    id: 'found.seed',
    meaning: 'The seed of the generated run.',
    example: 'found: { property: billing, seed: 42, path: "3:1", date: 2026-02-01 }',
  },
  {
    id: 'found.path',
    meaning: 'Which of its sessions it was, after shrinking.',
    example: 'found: { property: billing, seed: 42, path: "3:1", date: 2026-02-01 }',
  },
  {
    id: 'found.date',
    meaning: 'The day on which it was found.',
    example: 'found: { property: billing, seed: 42, path: "3:1", date: 2026-02-01 }',
  },
] as const satisfies readonly Word[];
