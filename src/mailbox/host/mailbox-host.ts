/** An open mailbox. Disposing of it ends whatever was started for it; a mailbox at a URL is left running. */
export interface MailboxHost extends AsyncDisposable {
  readonly kind: 'program' | 'embedded' | 'url' | 'container';
  /** One phrase for people: which mailbox was taken, and its version. */
  readonly description: string;
  /** Where it takes mail: plain SMTP, no login. */
  readonly smtp: { readonly host: string; readonly port: number };
  /** Base URL of Mailpit's API, without a slash at the end. */
  readonly api: string;
  /** Aborted when a program that was started for it has ended; absent where none was. */
  readonly ended?: AbortSignal;
}
