import { createInterface } from 'node:readline';
import { openSelfDriven, type SelfDrivenCheck, type Task } from '../../conformance/clients/self-driven.ts';
import type { Settings } from '../settings.ts';
import { openCheckGateway, showCard, writeReport, type CheckClientRequest } from './check-client.ts';

/**
 * Waits for an application that sends by itself, and shows its card when the user says so; resolves with the exit code. A
 * user who is fed up half-way gets the card of what there is too.
 */
export async function selfDrivenCommand(
  request: CheckClientRequest & { readonly orders: string | undefined },
  settings: Settings,
): Promise<number> {
  const { terminal } = settings;
  await using gateway = await openCheckGateway(request, settings);
  const { client, mode, cases } = request.check;
  const check: SelfDrivenCheck = {
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
  terminal.write(describeTasks(driven.tasks, request.orders));
  await enter(settings);
  const card = await driven.read();
  await showCard(card, request.reports, settings);
  if (settings.interrupted.aborted) return 130;
  // a case that nobody played says nothing of the application
  return card.cases.some(({ wire }) => wire.grade === 'wrong' || wire.grade === 'dangerous') ? 1 : 0;
}

/** Encryption in the words of an application's settings. */
const encryptions = { starttls: 'STARTTLS', implicit: 'SSL/TLS from the first byte', none: 'none' } as const;

function describeTasks(tasks: readonly Task[], orders: string | undefined): string {
  const [first] = tasks;
  return [
    tasks.length === 1 ? '1 case:' : `${tasks.length} cases, each with a port and a login of its own:`,
    '',
    ...tasks.flatMap(({ order, title, rightWay, wantsText }) => [
      `${order.case}: ${title}`,
      `  host ${order.host}  port ${order.port}  encryption ${encryptions[order.tls]}`,
      `  login ${order.user}  password ${order.password}`,
      `  from ${order.from}  to ${order.to.join(', ')}`,
      ...(wantsText ? [`  text: "text" of this case in ${orders ?? 'the file that --orders writes'}`] : []),
      `  right is: ${rightWay}`,
    ]),
    '',
    `Trust this root, and no other, while this command runs: ${first?.order.caFile ?? ''}`,
    'Let the application send one mail with each of these settings, to all its recipients at once, in any order. Send no',
    'second one with the same login: it would look like a retry. What you leave out is not observed.',
    'It is watched until you press Enter: wait as long after the last mail as the application may take to try again. Then',
    'the card is shown. Ctrl-C shows what there is, and ends with exit code 130.',
    '',
  ].join('\n');
}

function enter({ input, interrupted }: Settings): Promise<void> {
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
    interrupted.addEventListener('abort', done, { once: true });
  });
}
