import type { MailboxChoice } from '../mailbox/mailbox.ts';
import type { Choices } from '../sandbox/policy/choices.ts';
import type { SandboxParts } from '../sandbox/sandbox.ts';
import { openOwnGateway } from './own-gateway.ts';
import type { Provider } from './providers.ts';
import type { Settings } from './settings.ts';
import { UsageError } from './usage-error.ts';

/** Which gateway was asked for. */
export interface GatewayRequest {
  /** Whose gateway it is; the first provider's unless said. */
  readonly provider?: Provider;
  readonly mailbox: MailboxChoice;
  readonly seed: string;
  /** A gateway that runs elsewhere, by its control API; without one our own is started. */
  readonly controlApi: { readonly url: string; readonly token: string | undefined } | undefined;
  /** What our gateway is to choose otherwise than declared. */
  readonly choices?: Partial<Choices>;
  /** Parts put in place of our gateway's own: for proof. */
  readonly parts?: SandboxParts;
}

/** What a run is about: its control API, and the mailbox that it delivers to. */
export interface GatewayUnderTest extends AsyncDisposable {
  readonly controlApi: { readonly url: string; readonly token: string | undefined };
  readonly mailboxApi: string;
  readonly mailboxDescription: string;
}

/** A gateway elsewhere with the mailbox that it delivers to; `undefined` where our own is started. */
export type GatewayChoice =
  { readonly controlApi: GatewayUnderTest['controlApi']; readonly mailboxApi: string } | undefined;

/** Which gateway is asked for; throws {@link UsageError} where its mailbox is not. */
export function chooseGateway({
  controlApi,
  mailbox,
}: Pick<GatewayRequest, 'controlApi' | 'mailbox'>): GatewayChoice {
  if (controlApi === undefined) return undefined;
  if (mailbox.kind === 'url') return { controlApi, mailboxApi: mailbox.api };
  throw new UsageError(
    '--control-api needs --mailbox with the http address of the Mailpit that the gateway delivers to.',
  );
}

/** Opens our own gateway where none was chosen; it ends with what is given back. */
export async function openGateway(
  request: Pick<GatewayRequest, 'mailbox' | 'seed' | 'choices' | 'parts' | 'provider'>,
  choice: GatewayChoice,
  settings: Settings,
): Promise<GatewayUnderTest> {
  if (choice !== undefined) {
    return {
      ...choice,
      mailboxDescription: choice.mailboxApi,
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  }
  const configuration = {
    seed: request.seed,
    version: settings.version,
    onFault: (fault: unknown) => settings.terminal.writeError(`${describe(fault)}\n`),
    ...(request.choices === undefined ? {} : { choices: request.choices }),
    ...(request.parts === undefined ? {} : { parts: request.parts }),
  };
  const own = await openOwnGateway(request.mailbox, configuration, request.provider);
  return {
    controlApi: { url: own.sandbox.controlUrl, token: undefined },
    mailboxApi: own.mailbox.api,
    mailboxDescription: own.mailbox.description,
    [Symbol.asyncDispose]: () => own[Symbol.asyncDispose](),
  };
}

function describe(fault: unknown): string {
  return `The gateway met a fault of its own: ${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}`;
}
