import { bodyOf, ControlApiError, openControlClient, type ControlClient } from '../../control-api/client.ts';
import { gatewaySchema, type Account, type Gateway } from '../../control-api/schemas.ts';
import { planAccounts, type PlannedAccounts } from './account-setups.ts';
import { GauntletSituation } from './gauntlet-situation.ts';
import type { Needs } from '../situation/needs.ts';
import { TargetError, type Arranged, type Target } from './target.ts';

/** How to reach a gateway that is arranged through the control API. */
export interface GauntletTargetOptions {
  /** The base URL of the control API. */
  readonly controlApi: string;
  readonly token?: string;
  /**
   * A word that no other run against this gateway and its mailbox has: lower-case letters, digits and hyphens. It is in
   * every address and domain, so that runs never find each other's mail.
   */
  readonly unique: string;
}

/**
 * Opens a gateway whose state is arranged and observed through the control API alone: ours, or anybody's who implements
 * it. Each case has accounts and addresses of its own.
 */
export async function openGauntletTarget({
  controlApi,
  token,
  unique,
}: GauntletTargetOptions): Promise<Target> {
  const client = openControlClient(controlApi, token);
  const gateway = await reach(controlApi, showGateway(client));
  let count = 0;
  return {
    name: gateway.name,
    version: gateway.version,
    declaresChoices: true,
    ownListeners: true,
    arrange: (needs) => {
      count += 1;
      return arrange(client, gateway, needs, `${unique}-${count}`);
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

async function arrange(
  client: ControlClient,
  gateway: Gateway,
  needs: Needs,
  unique: string,
): Promise<Arranged> {
  const plan = planAccounts(needs, unique);
  const created = await bodyOf(client.accounts.$post({ json: plan.first }));
  try {
    const first = await buyPlans(client, created, needs);
    await addTriggers(client, created.id, needs, plan);
    const other = plan.other && (await bodyOf(client.accounts.$post({ json: plan.other })));
    const situation = new GauntletSituation({
      client,
      gateway,
      plan,
      unique,
      first,
      other,
    });
    return { kind: 'arranged', situation };
  } catch (error) {
    // why it could not be arranged is worth more than that it could not be cleared away
    await Promise.allSettled([client.accounts[':account'].$delete({ param: { account: created.id } })]);
    throw error;
  }
}

/** Buys the plans of the needs, at the start of the account's clock; what they cost in sends is no charge of the case. */
async function buyPlans(client: ControlClient, account: Account, { plans }: Needs): Promise<Account> {
  if (plans.length === 0) return account;
  const param = { account: account.id };
  for (const json of plans) {
    await bodyOf(client.accounts[':account'].purchases.$post({ param, header: {}, json }));
  }
  return bodyOf(client.accounts[':account'].$get({ param }));
}

/** Sets the triggers; a recipient is named in the file by what the plan calls it. */
async function addTriggers(
  client: ControlClient,
  account: string,
  { triggers }: Needs,
  plan: PlannedAccounts,
): Promise<void> {
  for (const { match, ...trigger } of triggers) {
    const recipient = match.recipient && (plan.recipients.get(match.recipient) ?? match.recipient);
    const json = { ...trigger, match: { ...match, ...(recipient && { recipient }) } };
    await bodyOf(client.accounts[':account'].triggers.$post({ param: { account }, json }));
  }
}

/** The first answer is read with care: whatever listens at a mistyped address may speak JSON too. */
async function showGateway(client: ControlClient): Promise<Gateway> {
  const gateway = gatewaySchema.safeParse(await bodyOf(client.gateway.$get()));
  if (gateway.success) return gateway.data;
  throw new ControlApiError('unreadable-answer', 200, 'what it says is no description of a gateway.');
}

async function reach<Answer>(controlApi: string, pending: Promise<Answer>): Promise<Answer> {
  try {
    return await pending;
  } catch (error) {
    if (error instanceof ControlApiError) {
      throw new TargetError('target-refused', `The control API at ${controlApi} answered: ${error.message}`, {
        cause: error,
      });
    }
    const why =
      error instanceof Error
        ? error.cause instanceof Error
          ? error.cause.message
          : error.message
        : String(error);
    throw new TargetError(
      'target-unreachable',
      `The control API at ${controlApi} cannot be reached: ${why}.`,
      { cause: error },
    );
  }
}
