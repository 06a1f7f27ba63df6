import { OpenAPIHono } from '@hono/zod-openapi';
import { hc } from 'hono/client';
import { problemSchema } from './schemas.ts';
import * as account from './account-routes.ts';
import * as billing from './billing-routes.ts';
import * as domain from './domain-routes.ts';
import * as email from './email-routes.ts';
import * as gateway from './gateway-routes.ts';
import * as history from './history-routes.ts';
import * as keyed from './keyed-list-routes.ts';
import * as listing from './listing-routes.ts';
import * as report from './report-routes.ts';
import * as session from './session-routes.ts';
import * as transcript from './transcript-routes.ts';
import * as trigger from './trigger-routes.ts';

// hono derives its client from the type of a server. This one is never started: it gives the routes their types, so
// that the client needs nothing of the sandbox.
const typed = () => {
  const unserved = null as never;
  return new OpenAPIHono()
    .openapi(gateway.showGateway, unserved)
    .openapi(gateway.setGatewayMaintenance, unserved)
    .openapi(account.createAccount, unserved)
    .openapi(account.showAccount, unserved)
    .openapi(account.deleteAccount, unserved)
    .openapi(billing.setBalance, unserved)
    .openapi(account.moveClock, unserved)
    .openapi(account.setDomain, unserved)
    .openapi(account.setIdentity, unserved)
    .openapi(account.removeIdentity, unserved)
    .openapi(account.setAccess, unserved)
    .openapi(account.setRecipient, unserved)
    .openapi(account.setLimits, unserved)
    .openapi(account.setConnectionBlock, unserved)
    .openapi(account.generatePassword, unserved)
    .openapi(account.issueToken, unserved)
    .openapi(account.revokeTokens, unserved)
    .openapi(account.setMaintenance, unserved)
    .openapi(account.setMailbox, unserved)
    .openapi(account.resetAccount, unserved)
    .openapi(history.listHistory, unserved)
    .openapi(history.exportHistory, unserved)
    .openapi(history.showStatistics, unserved)
    .openapi(billing.listPlans, unserved)
    .openapi(billing.buyPlan, unserved)
    .openapi(billing.listPurchases, unserved)
    .openapi(billing.listLedger, unserved)
    .openapi(billing.setSendLimit, unserved)
    .openapi(gateway.listSessions, unserved)
    .openapi(history.listAccountSessions, unserved)
    .openapi(history.waitSettled, unserved)
    .openapi(trigger.addTrigger, unserved)
    .openapi(trigger.listTriggers, unserved)
    .openapi(trigger.removeTrigger, unserved)
    .openapi(domain.showDomain, unserved)
    .openapi(domain.setRecord, unserved)
    .openapi(domain.verifyDomain, unserved)
    .openapi(history.waitEmails, unserved)
    .openapi(history.waitSessions, unserved)
    .openapi(history.streamEvents, unserved)
    .openapi(history.streamAllEvents, unserved)
    .openapi(account.addSender, unserved)
    .openapi(account.createConnection, unserved)
    .openapi(account.showConnection, unserved)
    .openapi(gateway.moveGatewayClock, unserved)
    .openapi(gateway.showVocabulary, unserved)
    .openapi(listing.listAccounts, unserved)
    .openapi(listing.listConnections, unserved)
    .openapi(keyed.listDomains, unserved)
    .openapi(keyed.removeDomain, unserved)
    .openapi(keyed.listSenders, unserved)
    .openapi(keyed.removeSender, unserved)
    .openapi(keyed.listSuppressions, unserved)
    .openapi(keyed.addSuppression, unserved)
    .openapi(keyed.removeSuppression, unserved)
    .openapi(keyed.listRecipients, unserved)
    .openapi(keyed.removeRecipient, unserved)
    .openapi(session.showLogin, unserved)
    .openapi(session.logIn, unserved)
    .openapi(session.logOut, unserved)
    .openapi(transcript.showSession, unserved)
    .openapi(transcript.showSessionScenario, unserved)
    .openapi(email.showEmail, unserved)
    .openapi(email.showRawEmail, unserved)
    .openapi(email.showEmailHtml, unserved)
    .openapi(report.listReports, unserved)
    .openapi(report.showReport, unserved)
    .openapi(report.showReportPage, unserved)
    .openapi(report.listScenarios, unserved);
};

/** The typed client of the control API. */
export type ControlClient = ReturnType<typeof hc<ReturnType<typeof typed>>>;

/** A refusal of the control API, with the problem's stable code and its sentence. */
export class ControlApiError extends Error {
  override readonly name = 'ControlApiError';
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, detail: string, cause?: unknown) {
    super(detail, cause === undefined ? undefined : { cause });
    this.code = code;
    this.status = status;
  }
}

/** A client for the control API at `url`; `token` is needed where the API listens beyond loopback. */
export function openControlClient(url: string, token?: string): ControlClient {
  return hc<ReturnType<typeof typed>>(
    url,
    token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
  );
}

interface Answer<Ok extends number, Body> {
  readonly ok: boolean;
  readonly status: Ok | number;
  json(): Promise<Body>;
}

/** The body of an answer; throws {@link ControlApiError} where the API refused, or something else answered. */
export async function bodyOf<A extends Answer<number, unknown>>(
  pending: Promise<A>,
): Promise<Awaited<ReturnType<Extract<A, { readonly ok: true }>['json']>>> {
  const response = await pending;
  const body = await readJson(response);
  if (response.ok) {
    // `ok` says which member of the answer's union this is, which the compiler cannot follow through the promise
    return body as Awaited<ReturnType<Extract<A, { readonly ok: true }>['json']>>;
  }
  const problem = problemSchema.safeParse(body);
  throw problem.success
    ? new ControlApiError(problem.data.code, response.status, problem.data.detail)
    : unreadable(response.status, 'JSON without problem details');
}

async function readJson(response: Answer<number, unknown>): Promise<unknown> {
  try {
    return await response.json();
  } catch (fault) {
    if (fault instanceof SyntaxError) throw unreadable(response.status, 'something that is not JSON', fault);
    throw fault;
  }
}

function unreadable(status: number, what: string, cause?: unknown): ControlApiError {
  const sentence = `What came with the status ${status} is ${what}; no control API says that. Check the address.`;
  return new ControlApiError('unreadable-answer', status, sentence, cause);
}
