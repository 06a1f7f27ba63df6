import { openMailbox, type MailboxChoice, type MailboxHost } from '../mailbox/mailbox.ts';
import { createSandbox, type Sandbox, type SandboxConfiguration } from '../sandbox/sandbox.ts';

/** Our gateway with its mailbox, both up. */
export interface OwnGateway extends AsyncDisposable {
  readonly mailbox: MailboxHost;
  readonly sandbox: Sandbox;
}

/** Opens a mailbox and a sandbox that delivers to it; closing ends both, the sandbox first. */
export async function openOwnGateway(
  choice: MailboxChoice,
  configuration: Omit<SandboxConfiguration, 'smarthost'>,
): Promise<OwnGateway> {
  const mailbox = await openMailbox(choice);
  try {
    const sandbox = await createSandbox({ ...configuration, smarthost: mailbox.smtp });
    return {
      mailbox,
      sandbox,
      [Symbol.asyncDispose]: async () => {
        await sandbox[Symbol.asyncDispose]();
        await mailbox[Symbol.asyncDispose]();
      },
    };
  } catch (fault) {
    await mailbox[Symbol.asyncDispose]();
    throw fault;
  }
}
