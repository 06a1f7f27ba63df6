import { openMailbox, type MailboxChoice, type MailboxHost } from '../mailbox/mailbox.ts';
import { createSandbox, type Sandbox, type SandboxConfiguration } from '../sandbox/sandbox.ts';

/** Our gateway with its mailbox, both up. */
export interface OwnGateway extends AsyncDisposable {
  readonly mailbox: MailboxHost;
  readonly sandbox: Sandbox;
}

/**
 * Opens a mailbox and a sandbox that delivers to it; closing ends both, the sandbox first. With `onNotice` it
 * starts without a mailbox that is down, and lasts where its own Mailpit dies.
 */
export async function openOwnGateway(
  choice: MailboxChoice,
  configuration: Omit<SandboxConfiguration, 'smarthost'>,
): Promise<OwnGateway> {
  await using opened = new AsyncDisposableStack();
  const mailbox = opened.use(await openMailbox(choice, configuration.onNotice));
  const sandbox = opened.use(await createSandbox({ ...configuration, smarthost: mailbox.smtp }));
  const both = opened.move();
  return { mailbox, sandbox, [Symbol.asyncDispose]: () => both.disposeAsync() };
}
