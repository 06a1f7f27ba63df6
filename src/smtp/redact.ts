import { ClientLines } from './client-lines.ts';
import { createSecretBook, type SecretBook } from './secret-book.ts';
import { SecretStream, withoutSecrets } from './secret-stream.ts';
import { BLANK } from './transcript.ts';

/**
 * What of one session may be recorded (rule `sandbox.secrets`), and the only thing that says so. It knows two kinds of
 * secret: what stands where a credential may stand, and what is known to be one, wherever it stands. Octets pass one
 * character each, in the pieces in which they came; what may be the beginning of a secret is held back for the next.
 */
export interface Redactor {
  /** What the client sent. */
  client(octets: string): string;
  /** What the gateway sent. */
  gateway(octets: string): string;
  /** A whole text that belongs to the session: a message, a name. */
  whole(text: string): string;
  /** The code of a reply, when it has been read or written: it says what the client's next line is. */
  sawReply(code: number): void;
  /** From here on nothing of the client is shown but commands: the session is over, and what comes is nobody's line. */
  suspect(): void;
  /** What was held back, at the end of the session. */
  flush(): { readonly client: string; readonly gateway: string };
}

/** Passwords of one session that are kept in mind, right and wrong ones. */
const LEARNED = 16;

/** A redactor for one session; `known` are the secrets that no session may show. */
export function createRedactor(known: SecretBook): Redactor {
  let learned: SecretBook | undefined;
  // one array for the life of the session: the streams see what is learned on the way
  const books: SecretBook[] = [known];
  const lines = new ClientLines(({ password }) => {
    if (password === undefined || known.has(password)) return;
    if (learned === undefined) books.push((learned = createSecretBook(LEARNED)));
    learned.add(password);
  });
  const [client, gateway] = [new SecretStream(books), new SecretStream(books)];
  return {
    client: (octets) => client.pass(lines.pass(octets)),
    gateway: (octets) => gateway.pass(octets),
    whole: (text) => withoutSecrets(text, books),
    sawReply: (code) => lines.sawReply(code),
    suspect: () => lines.suspect(),
    flush: () => ({ client: client.pass(lines.flush()) + client.flush(), gateway: gateway.flush() }),
  };
}

/** A text of somebody else's making, such as a program's output, without these secrets and without what follows AUTH. */
export function redactText(text: string, known: SecretBook): string {
  return withoutSecrets(text, [known]).replaceAll(/(AUTH[ \t]+[^\s"']+[ \t]+)[^\s"']+/gi, `$1${BLANK}`);
}
