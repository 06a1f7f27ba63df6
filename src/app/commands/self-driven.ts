import { createInterface } from 'node:readline';
import { openSelfDriven, type SelfDrivenCheck, type Task } from '../../conformance/clients/self-driven.ts';
import type { Settings } from '../settings.ts';
import { openCheckGateway, showCard, writeReport, type CheckClientRequest } from './check-client.ts';

/** Waits for an application that sends by itself, and shows its card when the user says so; resolves with the exit code. */
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
  terminal.write(describeTasks(driven.tasks));
  await enter(settings);
  if (settings.interrupted.aborted) return 130;
  const card = await driven.read();
  await showCard(card, request.reports, settings);
  // a case that nobody played says nothing of the application
  return card.cases.some(({ wire }) => wire.grade === 'wrong' || wire.grade === 'dangerous') ? 1 : 0;
}

function describeTasks(tasks: readonly Task[]): string {
  const [first] = tasks;
  return [
    'Let the application send one mail with each of these settings, in any order:',
    '',
    ...tasks.flatMap(({ order, title, rightWay }) => [
      `${order.case}: ${title}`,
      `  ${order.host}:${order.port} (${order.tls})  login ${order.user}  password ${order.password}`,
      `  from ${order.from}  to ${order.to.join(', ')}`,
      `  right is: ${rightWay}`,
    ]),
    '',
    `Trust this root, and no other: ${first?.order.caFile ?? ''}`,
    'Press Enter when you are done, or Ctrl-C to leave without a card.',
    '',
  ].join('\n');
}

function enter({ input, interrupted }: Settings): Promise<void> {
  return new Promise((resolve) => {
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
