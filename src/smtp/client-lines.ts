import { credentialsIn, type Learned } from './learned-credentials.ts';
import { BLANK } from './transcript.ts';

/** The octets of a longer line are not kept: what is left of it is shown or blanked as its beginning was. */
const LONGEST_KEPT = 16_384;

/**
 * What a client says, blanked by its place in the dialogue: all that follows AUTH on its line, and from then on every
 * line that is no command, whether the AUTH was taken, refused or not answered yet (rule `sandbox.secrets`). A line ends
 * with CRLF, LF or CR, whichever the client takes for its end.
 */
export class ClientLines {
  readonly #learn: (learned: Learned) => void;
  #line = '';
  /** How the rest of a line goes whose beginning is out already. */
  #rest: 'shown' | 'blanked' | undefined;
  #challenged = false;
  #suspicious = false;
  #inMessage = false;
  #answers = 0;

  /** `learn` is told what was taken for a credential. */
  constructor(learn: (learned: Learned) => void) {
    this.#learn = learn;
  }

  /** What may be shown now of octets that the client sent. */
  pass(octets: string): string {
    let shown = '';
    for (const piece of octets.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? []) {
      const content = piece.replace(/[\r\n]+$/, '');
      const end = piece.slice(content.length);
      shown += this.#take(content, end);
    }
    return shown;
  }

  /** What was held back, where the client says no more. */
  flush(): string {
    const line = this.#line;
    this.#line = '';
    return line === '' ? '' : this.#judge(line);
  }

  /** The code of a reply: 334 asks for a credential, 235 ends all suspicion, behind 354 comes a message. */
  sawReply(code: number): void {
    this.#challenged = code === 334;
    this.#inMessage = code === 354;
    if (code === 235) this.#suspicious = false;
  }

  /** From here on only commands are shown, as if AUTH had been said. */
  suspect(): void {
    this.#suspicious = true;
    this.#inMessage = false;
  }

  #take(content: string, end: string): string {
    if (this.#inMessage) return this.#takeOfMessage(content, end);
    if (this.#rest !== undefined) {
      const rest = this.#rest === 'shown' ? content : '';
      if (end !== '') this.#rest = undefined;
      return rest + end;
    }
    this.#line += content;
    if (end === '' && this.#line.length <= LONGEST_KEPT && this.#mayHoldSecret(this.#line)) return '';
    const line = this.#line;
    this.#line = '';
    if (end !== '') return this.#judge(line) + end;
    this.#rest = this.#mayHoldSecret(line) ? 'blanked' : 'shown';
    return this.#rest === 'shown' ? line : BLANK;
  }

  /** The lines of a message are shown as they come; its end is the final dot. */
  #takeOfMessage(content: string, end: string): string {
    this.#line = end === '' ? (this.#line + content).slice(0, 2) : '';
    if (end !== '' && content === '.') this.#inMessage = false;
    return content + end;
  }

  /** Whether a line that has no end yet may turn out to be something that must not be shown. */
  #mayHoldSecret(line: string): boolean {
    if (this.#challenged || this.#suspicious) return true;
    const begun = line.trimStart().slice(0, LONGEST_TELLING).toUpperCase();
    return TELLING.some((verb) => verb.startsWith(begun) || begun.startsWith(verb));
  }

  #judge(line: string): string {
    if (this.#challenged) {
      this.#challenged = false;
      return this.#credential(line);
    }
    const auth = /^([ \t]*AUTH)(.*)$/is.exec(line);
    if (auth !== null) return (auth[1] ?? '') + this.#judgeAuth(auth[2] ?? '');
    const telling = /^([ \t]*(?:PASS|LOGIN|APOP|PLAIN)[ \t]+)(.+)$/is.exec(line);
    if (telling !== null) {
      this.#learn({ password: telling[2] ?? '' });
      return (telling[1] ?? '') + BLANK;
    }
    return this.#suspicious ? this.#judgeSuspicious(line) : this.#judgeMisspelt(line);
  }

  /** A verb that is none, with a mechanism behind it, is AUTH misspelt: `XAUTH PLAIN …`. */
  #judgeMisspelt(line: string): string {
    const [, verb = '', rest = '', mechanism = ''] =
      /^([ \t]*[^ \t]+)([ \t]+([^ \t=]+).*)$/s.exec(line) ?? [];
    if (!MECHANISMS.has(mechanism.toUpperCase()) || COMMAND.test(line)) return line;
    return verb + this.#judgeAuth(rest);
  }

  /** What stands behind AUTH: of it only a mechanism that is known is shown. */
  #judgeAuth(rest: string): string {
    this.#suspicious = true;
    const [, blanks = '', mechanism = '', behind = ''] = /^([ \t]*)([A-Z0-9-]*)(.*)$/is.exec(rest) ?? [];
    const isNamed = blanks !== '' && MECHANISMS.has(mechanism.toUpperCase()) && /^(?:[ \t]|$)/.test(behind);
    const hidden = isNamed ? behind.trimStart() : rest.trimStart();
    const shown = rest.slice(0, rest.length - hidden.length);
    // the first thing that LOGIN gives is the name, which is no secret
    this.#answers = /LOGIN/i.test(mechanism || rest) ? 0 : 1;
    if (hidden.trim() === '') return shown + hidden;
    for (const word of hidden.split(/[ \t]+/)) this.#credential(word.replace(/^=*(?:PLAIN|LOGIN)=+/i, ''));
    return shown + BLANK;
  }

  /** A line behind AUTH: shown where it is a command, and of a command that takes no argument the verb alone. */
  #judgeSuspicious(line: string): string {
    if (/^\.?$/.test(line) || COMMAND.test(line)) return line;
    const bare = /^((?:DATA|RSET|NOOP|QUIT|STARTTLS|VRFY|HELP)[ \t]+)(.*)$/is.exec(line);
    if (bare === null) return this.#credential(line);
    this.#credential(bare[2] ?? '');
    return (bare[1] ?? '') + BLANK;
  }

  /** Blanks a credential and has it learned; `*`, which cancels, and nothing at all are none. */
  #credential(text: string): string {
    if (/^(?:\*|=)?$/.test(text.trim())) return text;
    this.#learn(credentialsIn(text, this.#answers === 0));
    this.#answers += 1;
    return BLANK;
  }
}

/** Lines that begin so may hold a secret. */
const TELLING = ['AUTH', 'PASS', 'LOGIN', 'APOP', 'PLAIN'] as const;
const LONGEST_TELLING = 5;

const COMMAND =
  /^(?:(?:EHLO|HELO)(?:[ \t].*)?|(?:MAIL[ \t]+FROM|RCPT[ \t]+TO)[ \t]*:.*|DATA|RSET|NOOP|QUIT|STARTTLS|VRFY|HELP)[ \t]*$/is;

/** What is written behind AUTH in the open: names of mechanisms (RFC 4422 §3.1), those that clients know. */
const MECHANISMS: ReadonlySet<string> = new Set([
  'PLAIN',
  'LOGIN',
  'CRAM-MD5',
  'DIGEST-MD5',
  'SCRAM-SHA-1',
  'SCRAM-SHA-1-PLUS',
  'SCRAM-SHA-256',
  'SCRAM-SHA-256-PLUS',
  'XOAUTH2',
  'OAUTHBEARER',
  'NTLM',
  'GSSAPI',
  'EXTERNAL',
  'ANONYMOUS',
]);
