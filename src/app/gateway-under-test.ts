import { dirname, resolve } from 'node:path';
import { openDescribedTarget } from '../conformance/target/described-target.ts';
import { openGauntletTarget } from '../conformance/target/gauntlet-target.ts';
import type { Target } from '../conformance/target/target.ts';
import { readTargetDescription } from '../conformance/target/target-description.ts';
import type { CaseMailbox } from '../conformance/runner/read-copies.ts';
import { openMailboxClient } from '../mailbox/client.ts';
import { followMailbox, type FollowedMailbox } from '../mailbox/followed-mailbox.ts';
import { chooseGateway, openGateway, type GatewayRequest } from './gateway-choice.ts';
import { providers, type Provider } from './providers.ts';
import { readInputFile } from './read-input-file.ts';
import type { Settings } from './settings.ts';
import { UsageError } from './usage-error.ts';

/** Which gateway was asked for, one without a control API included. */
export interface TargetRequest extends GatewayRequest {
  /** The file that describes a gateway without a control API. */
  readonly target?: string | undefined;
}

/** A target, and where its mail is read. */
export interface OpenTarget extends AsyncDisposable {
  readonly target: Target;
  readonly mailbox: CaseMailbox | undefined;
  readonly mailboxDescription: string;
}

/** Refuses what cannot be meant, before anything is started; throws {@link UsageError}. */
export function checkGateway(request: TargetRequest): void {
  if (request.target !== undefined && request.controlApi !== undefined)
    throw new UsageError('--target describes a gateway without a control API: give it or --control-api.');
  chooseGateway(request);
}

/** Opens the gateway that was asked for: ours, one elsewhere by its control API, or one that a file describes. */
export async function openTarget(
  request: TargetRequest,
  settings: Settings,
  unique: string,
): Promise<OpenTarget> {
  return request.target === undefined
    ? openArranged(request, settings, unique)
    : openDescribed(request.target, request.provider ?? providers[0], unique, settings);
}

async function openArranged(
  request: GatewayRequest,
  settings: Settings,
  unique: string,
): Promise<OpenTarget> {
  await using opened = new AsyncDisposableStack();
  const gateway = opened.use(await openGateway(request, chooseGateway(request), settings));
  const { url: controlApi, token } = gateway.controlApi;
  const isOurs = request.controlApi === undefined && request.mailbox.kind !== 'url';
  const mailbox = opened.use(await follow(gateway.mailboxApi, isOurs));
  const target = opened.use(
    await openGauntletTarget({ controlApi, unique, ...(token === undefined ? {} : { token }) }),
  );
  const all = opened.move();
  return {
    target,
    mailbox,
    mailboxDescription: gateway.mailboxDescription,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** Opens the gateway that a file describes; throws `UsageError` or `TargetError` where the file cannot be used. */
async function openDescribed(
  file: string,
  { contract }: Provider,
  unique: string,
  { environment }: Pick<Settings, 'environment'>,
): Promise<OpenTarget> {
  const description = readTargetDescription(await readInputFile(file), file, contract, environment);
  const roots = description['certificate-authority'];
  const target = openDescribedTarget({
    description,
    unique,
    certificateAuthority:
      roots === undefined ? undefined : await readInputFile(resolve(dirname(file), roots)),
  });
  const { mailbox } = description;
  return {
    target,
    mailbox: mailbox === undefined ? undefined : await follow(mailbox, false),
    mailboxDescription: mailbox ?? 'none that can be looked into',
    [Symbol.asyncDispose]: () => target[Symbol.asyncDispose](),
  };
}

/** Milliseconds that a question to the mailbox may take: it may have much to do, and few are asked at a time. */
const QUESTION_LIMIT_MS = 60_000;

function follow(api: string, isOurs: boolean): Promise<FollowedMailbox> {
  return followMailbox(openMailboxClient(api, { questionLimitMs: QUESTION_LIMIT_MS }), { isOurs });
}
