import type { Contract } from '../../contract/contract.ts';
import type { Encryption } from '../../contract/modes.ts';
import type { Word } from './word.ts';

/** What becomes of mail to a recipient. */
export function roleWords({ words }: Contract): readonly Word[] {
  return words.roles.map(({ name, meaning }) => ({
    id: `role: ${name}`,
    forms: [name],
    meaning,
    example: `recipients: { to: ${name} }`,
  }));
}

/** What can become of an email. */
export function statusWords({ words }: Contract): readonly Word[] {
  return words.emailStatuses.map(({ name, meaning }) => ({
    id: `status: ${name}`,
    forms: [name],
    meaning,
    example: `history: { to: ${name} }`,
  }));
}

const ENCRYPTIONS: Readonly<Record<Encryption, string>> = {
  implicit: ', TLS from the first octet',
  starttls: ', TLS by STARTTLS',
  none: ' without encryption',
};

/** The ways to reach the gateway. */
export function modeWords({ modes }: Contract): readonly Word[] {
  return modes.map(({ mode, port, encryption }) => ({
    id: `mode: ${mode}`,
    forms: [mode],
    meaning: `Port ${port}${ENCRYPTIONS[encryption]}.`,
    example: `modes: [${mode}]`,
  }));
}
