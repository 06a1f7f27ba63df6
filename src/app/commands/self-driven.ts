import { createInterface } from 'node:readline';
import type { Card } from '../../conformance/clients/card/card.ts';
import {
  openSelfDriven,
  type SelfDriven,
  type SelfDrivenCheck,
  type Task,
} from '../../conformance/clients/self-driven.ts';
import { readPage } from '../../conformance/report/built-page.ts';
import { encryptions, settingsWanted } from '../../conformance/clients/self-driven-page.ts';
import { serveSelfDriven, type SelfDrivenServer } from '../self-driven-server.ts';
import { besideReports } from '../report-output.ts';
import type { Settings } from '../settings.ts';
import { openCheckGateway, showCard, writeReport, type CheckClientRequest } from './check-client.ts';

/**
 * Waits for an application that sends by itself, and shows its card when the user says so; resolves with the exit code. A
 * user who is fed up half-way gets the card of what there is too.
 */
export async function selfDrivenCommand(
  request: CheckClientRequest & { readonly orders: string | undefined },
  given: Settings,
): Promise<number> {
  // what was not built is told before anything is played
  for (const name of ['self-driven', 'client-card']) readPage(name);
  const { talk: settings, output } = besideReports(given, request.reports);
  const { terminal } = settings;
  await using gateway = await openCheckGateway(request, settings);
  const { contract, client, mode, cases } = request.check;
  const check: SelfDrivenCheck = {
    contract,
    controlApi: gateway.url,
    ...(gateway.token === undefined ? {} : { token: gateway.token }),
    ...(client === undefined ? {} : { client }),
    ...(mode === undefined ? {} : { mode }),
    ...(cases === undefined ? {} : { cases }),
  };
  await using driven = await openSelfDriven(check);
  if (request.orders !== undefined) {
    await writeReport(request.orders, `${JSON.stringify(driven.tasks, undefined, 2)}\n`);
  }
  await using page = await serveSelfDriven(client ?? 'application', driven);
  terminal.write(describeTasks(driven.tasks, { orders: request.orders, page: page.url }));
  const card = await finish(driven, page, settings);
  await showCard(card, request.reports, settings, output);
  if (settings.interrupted.aborted) return 130;
  // a case that nobody played says nothing of the application
  return card.cases.some(({ wire }) => wire.grade === 'wrong' || wire.grade === 'dangerous') ? 1 : 0;
}

function describeTasks(
  tasks: readonly Task[],
  { orders, page }: { readonly orders: string | undefined; readonly page: string },
): string {
  const [first] = tasks;
  return [
    tasks.length === 1 ? '1 case:' : `${tasks.length} cases, each with a port and a login of its own:`,
    '',
    ...tasks.flatMap(({ order, title, rightWay, wantsText, wants }) => [
      `${order.case}: ${title}`,
      `  host ${order.host}  port ${order.port}  encryption ${encryptions[order.tls]}`,
      `  login ${order.user}  password ${order.password}`,
      `  from ${order.from}  to ${order.to.join(', ')}`,
      ...settingsWanted(order, wants).map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`),
      ...(wantsText ? [`  text: "text" of this case in ${orders ?? 'the page below'}`] : []),
      `  right is: ${rightWay}`,
    ]),
    '',
    `Trust this root, and no other, while this command runs: ${first?.order.caFile ?? ''}`,
    'Let the application send one mail with each of these settings, to all its recipients at once, in any order. Send no',
    'second one with the same login: it would look like a retry. What you leave out is not observed.',
    `The same as a page, which shows what has been seen: ${page}`,
    'It is watched until you press Enter, or "Finish" on the page: wait as long after the last mail as the application may',
    'take to try again. Then the card is shown. Ctrl-C shows what there is, and ends with exit code 130.',
    '',
  ].join('\n');
}

/** The card, when the user presses Enter or Ctrl-C, or says on the page that the application is done. */
async function finish(driven: SelfDriven, page: SelfDrivenServer, settings: Settings): Promise<Card> {
  const decided = new AbortController();
  const entered = enter(settings, decided.signal).then(() =>
    decided.signal.aborted ? page.finished : driven.read(),
  );
  try {
    return await Promise.race([page.finished, entered]);
  } finally {
    decided.abort();
  }
}

function enter({ input, interrupted }: Settings, decided: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    // while the logins were made, perhaps
    if (interrupted.aborted) {
      resolve();
      return;
    }
    const lines = createInterface({ input });
    const done = (): void => {
      lines.close();
      resolve();
    };
    lines.once('line', done);
    lines.once('close', done);
    AbortSignal.any([interrupted, decided]).addEventListener('abort', done, { once: true });
  });
}
