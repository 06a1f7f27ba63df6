import { randomBytes } from 'node:crypto';
import { Option, type Command } from 'commander';
import { readPage } from '../../conformance/report/built-page.ts';
import { cardReports, isCardReport } from '../../conformance/clients/card/reports.ts';
import { DEFAULT_JOBS, DEFAULT_PATIENCE } from '../../conformance/clients/check-client.ts';
import { profiles } from '../../conformance/clients/facts.ts';
import { parseNumber } from '../options.ts';
import { addProviderOption, chosenProvider, type ProviderText } from '../provider-option.ts';
import type { Provider } from '../providers.ts';
import type { Settings } from '../settings.ts';
import { UsageError } from '../usage-error.ts';
import { selfDrivenCommand } from './self-driven.ts';
import { checkClientCommand, type CheckClientRequest, type WantedCardReport } from './check-client.ts';

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

interface CheckOptionTexts extends ProviderText {
  readonly profile: 'call' | 'queue';
  readonly mode?: string;
  readonly patience: string;
  readonly nuisance?: string;
  readonly seed?: string;
  readonly case: readonly string[];
  readonly jobs: string;
  readonly selfDriven: boolean;
  readonly orders?: string;
  readonly name?: string;
  readonly json?: string;
  readonly report: readonly string[];
  readonly controlApi?: string;
  readonly token?: string;
}

/** Adds `check-client` to the command line. */
export function addCheckClient(program: Command, settings: Settings, done: (exitCode: number) => void): void {
  addProviderOption(program.command('check-client'))
    .description('Watch how a program that sends mail takes each error, and grade it')
    .usage('[options] -- COMMAND …')
    .argument(
      '[command...]',
      'the program that sends one mail; it is told where and to whom in SMTP_HOST, SMTP_PORT …',
    )
    .addOption(
      new Option(
        '--profile <kind>',
        'call: one call that reports; queue: hands the mail to a queue of its own',
      )
        .choices(profiles)
        .default('call'),
    )
    .option(
      '--mode <mode>',
      'port and encryption, a mode of the provider; its first with STARTTLS unless said',
    )
    .option('--patience <seconds>', 'how long each mail is watched', String(DEFAULT_PATIENCE))
    .option('--nuisance <share>', 'one case more: 20 mails, and so many commands refused for now, such as 5%')
    .option('--seed <text>', 'seed of the nuisance')
    .option('--case <id>', 'only this case; may be given several times', collect, [])
    .option('--jobs <n>', 'cases side by side', String(DEFAULT_JOBS))
    .option(
      '--self-driven',
      'start nothing: print a login for each case, and grade what an application does with them',
      false,
    )
    .option('--orders <file>', 'with --self-driven: the logins as JSON too')
    .option('--name <text>', 'what the card calls the client')
    .option('--json <file>', 'the card as JSON')
    .option(
      '--report <kind=path>',
      `${Object.keys(cardReports).join(', ')}; may be given several times`,
      collect,
      [],
    )
    .option('--control-api <url>', 'a sandbox that runs elsewhere, by its control API')
    .addOption(new Option('--token <token>', 'token of that control API').env('GAUNTLET_TOKEN'))
    .action(async (command: readonly string[], given: CheckOptionTexts) => {
      const request = readRequest(command, given, await chosenProvider(given), settings);
      done(
        given.selfDriven
          ? await selfDrivenCommand({ ...request, orders: given.orders }, settings)
          : await checkClientCommand(request, settings),
      );
    });
}

function readRequest(
  command: readonly string[],
  given: CheckOptionTexts,
  provider: Provider,
  { environment }: Settings,
): CheckClientRequest {
  const { contract } = provider;
  const names = contract.modes.map(({ mode }) => mode);
  if (given.mode !== undefined && !names.includes(given.mode)) {
    throw new UsageError(`"${given.mode}" is no mode. The modes are ${names.join(', ')}.`);
  }
  return {
    provider,
    command,
    environment,
    check: {
      contract,
      client: given.name ?? (given.selfDriven ? 'application' : command.join(' ')),
      profile: given.profile,
      ...(given.mode !== undefined && { mode: given.mode }),
      patience: parseNumber(given.patience, '--patience', 1, 3_600),
      jobs: parseNumber(given.jobs, '--jobs', 1, 64),
      ...(given.case.length > 0 && { cases: given.case }),
      ...(given.nuisance !== undefined && {
        nuisance: { share: parseShare(given.nuisance), seed: given.seed ?? randomBytes(8).toString('hex') },
      }),
    },
    reports: [
      ...given.report.map(parseCardReport),
      ...(given.json === undefined ? [] : [{ kind: 'json' as const, path: given.json }]),
    ],
    controlApi: given.controlApi === undefined ? undefined : { url: given.controlApi, token: given.token },
  };
}

function parseShare(text: string): number {
  const match = /^(\d+(?:\.\d+)?)%?$/.exec(text);
  const share = Number(match?.[1]) / 100;
  if (match === null || share <= 0 || share > 0.5) {
    throw new UsageError(`--nuisance takes a share of commands from 1% to 50%, not "${text}".`);
  }
  return share;
}

function parseCardReport(text: string): WantedCardReport {
  const [kind = '', path = ''] = text.split(/=(.*)/s);
  if (!isCardReport(kind) || path === '') {
    const kinds = Object.keys(cardReports).join(', ');
    throw new UsageError(`"${text}" is no report. Write KIND=PATH; the kinds are ${kinds}.`);
  }
  // before the client is checked, which takes minutes
  if (kind === 'html') readPage('client-card');
  return { kind, path };
}
