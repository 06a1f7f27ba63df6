import { MailboxError } from '../mailbox/mailbox-error.ts';
import { openMailbox, type MailboxChoice, type MailboxHost } from '../mailbox/mailbox.ts';
import { keepMailboxPort, keptMailboxPort } from './kept-mailbox-port.ts';
import { providers, type Provider } from './providers.ts';
import { createSandbox, type Sandbox, type SandboxConfiguration } from '../sandbox/sandbox.ts';

/** Our gateway with its mailbox, both up. */
export interface OwnGateway extends AsyncDisposable {
  readonly mailbox: MailboxHost;
  readonly sandbox: Sandbox;
}

/**
 * Opens a mailbox and a sandbox that delivers to it; closing ends both, the sandbox first. With `onNotice` it
 * starts without a mailbox that is down, and lasts where its own Mailpit dies. With `data` a mailbox that it starts
 * has the port of the last time, unless another is asked for. The provider is the first unless said.
 */
export async function openOwnGateway(
  choice: MailboxChoice,
  configuration: Omit<SandboxConfiguration, 'smarthost' | 'provider'>,
  provider: Provider = providers[0],
): Promise<OwnGateway> {
  await using opened = new AsyncDisposableStack();
  const mailbox = opened.use(await openMailboxOf(choice, configuration));
  const sandbox = opened.use(
    await createSandbox({
      provider: provider.sandbox,
      // only where somebody asks: a sandbox is up sooner without the scenario language
      scenarioOf: async (session) => {
        const { scenarioOfSession } = await import('../conformance/scenario/scenario-of-session.ts');
        return scenarioOfSession(provider.contract, session);
      },
      // the embedded stand-in has no pages
      ...(mailbox.kind !== 'embedded' && {
        mailboxPages: { description: mailbox.description, url: mailbox.api },
      }),
      ...configuration,
      smarthost: mailbox.smtp,
    }),
  );
  if (configuration.data !== undefined) await keepMailboxPort(configuration.data, mailbox);
  const both = opened.move();
  return { mailbox, sandbox, [Symbol.asyncDispose]: () => both.disposeAsync() };
}

/** The mailbox: at the port that is asked for, else at that of the last time, else at any. */
async function openMailboxOf(
  choice: MailboxChoice,
  { data, onNotice }: Pick<SandboxConfiguration, 'data' | 'onNotice'>,
): Promise<MailboxHost> {
  const startsHere = choice.kind === 'auto' || choice.kind === 'program' || choice.kind === 'embedded';
  if (data === undefined || !startsHere || choice.apiPort !== undefined) return openMailbox(choice, onNotice);
  const apiPort = await keptMailboxPort(data);
  if (apiPort === undefined) return openMailbox(choice, onNotice);
  try {
    return await openMailbox({ ...choice, apiPort }, onNotice);
  } catch (fault) {
    if (!(fault instanceof MailboxError) || fault.code !== 'mailbox-port-taken') throw fault;
    onNotice?.(
      `Something else listens on ${apiPort}, which was the port of the mailbox before: it has another one now. --mailbox-port chooses one.`,
    );
    return openMailbox(choice, onNotice);
  }
}
