import { randomBytes } from 'node:crypto';
import { Option, type Command } from 'commander';
import { readDuration } from '../conformance/scenario/read-time.ts';
import { suggest } from '../conformance/scenario/suggest.ts';
import { typedOptions } from './again.ts';
import {
  addChoicesOptions,
  checkChoicesAreOurs,
  chosenBy,
  type ChoicesOptionTexts,
} from './choices-options.ts';
import { exploreCommand, WIRE } from './commands/explore.ts';
import { replayCommand } from './commands/replay.ts';
import { collect, parseMailbox, parseModes, parseNumber } from './options.ts';
import { addProviderOption, chosenProvider, type ProviderText } from './provider-option.ts';
import type { Provider } from './providers.ts';
import type { Settings } from './settings.ts';
import { UsageError } from './usage-error.ts';

/** The options of `explore` that `run` takes too. */
const knownToRun: ReadonlySet<string> = new Set([
  '--mailbox',
  '--mailbox-smtp',
  '--control-api',
  '--token',
  '--provider',
  '--choice',
  '--choices-file',
]);

/** Adds `gauntlet explore`. */
export function addExplore(program: Command, settings: Settings, done: (exitCode: number) => void): void {
  const command = program
    .command('explore')
    .description(
      'Generate sessions that nobody wrote, and keep each that a gateway does not pass as a scenario',
    )
    .option(
      '--property <name>',
      `only this one: ${WIRE}, or one that the provider has, such as sessions; may be given several times`,
      collect,
      [],
    )
    .option('--runs <n>', 'generated scenarios of each property', '300')
    .option('--inputs <n>', 'octets in odd chunks that the property "wire" sends', '3000')
    .option('--time <time>', 'begin nothing more of a property after 500ms, 30s, 10m')
    .option('--seed <text>', 'seed of all that is generated')
    .option('--mode <mode>', 'only in this mode; may be given several times', collect, [])
    .option('--jobs <n>', 'sessions side by side', '16')
    .option('--folder <path>', 'where counterexamples are kept', 'reports/counterexamples')
    .option('--record <file>', 'where to write which rules were reached', 'reports/explored.json');
  addGatewayOptions(command).action(async (given: ExploreTexts) => {
    const gateway = await gatewayOf(given, settings);
    done(
      await exploreCommand(
        {
          properties: await parseProperties(given.property, gateway.provider),
          runs: parseNumber(given.runs, '--runs', 1, 10_000_000),
          inputs: parseNumber(given.inputs, '--inputs', 1, 100_000_000),
          timeMs: given.time === undefined ? undefined : parseTime(given.time),
          seed: given.seed ?? randomBytes(6).toString('hex'),
          modes: parseModes(given.mode, gateway.provider.contract),
          jobs: parseNumber(given.jobs, '--jobs', 1),
          folder: given.folder,
          record: given.record,
          typedOptions: typedOptions(command, (flag) => knownToRun.has(flag)),
          ...gateway,
        },
        settings,
      ),
    );
  });
}

/** Adds `gauntlet replay`. */
export function addReplay(program: Command, settings: Settings, done: (exitCode: number) => void): void {
  const command = program
    .command('replay')
    .description('Play counterexamples again: is what they found fixed?')
    .argument('[paths...]', 'files or folders; reports/counterexamples without any');
  addGatewayOptions(command).action(async (paths: readonly string[], given: GatewayTexts) => {
    done(await replayCommand({ paths, ...(await gatewayOf(given, settings)) }, settings));
  });
}

function addGatewayOptions(command: Command): Command {
  command
    .option(
      '--mailbox <kind>',
      'auto, program, embedded, container, or the http address of a Mailpit',
      'embedded',
    )
    .option('--mailbox-smtp <host:port>', 'where that Mailpit takes mail')
    .option('--control-api <url>', 'a gateway that runs elsewhere, by its control API')
    .addOption(new Option('--token <token>', 'token of that control API').env('GAUNTLET_TOKEN'));
  return addProviderOption(addChoicesOptions(command));
}

async function gatewayOf(given: GatewayTexts, settings: Settings) {
  const { mailbox, mailboxSmtp, controlApi, token } = given;
  checkChoicesAreOurs(given, { controlApi });
  return {
    provider: await chosenProvider(given),
    choices: await chosenBy(given),
    mailbox: parseMailbox(mailbox, mailboxSmtp, settings),
    controlApi: controlApi === undefined ? undefined : { url: controlApi, token },
  };
}

/** The properties that were named, all that there are where none was; throws {@link UsageError}. */
async function parseProperties(
  given: readonly string[],
  { contract, loadModel }: Provider,
): Promise<readonly string[]> {
  const model = await loadModel?.();
  const names = [...Object.keys(model?.properties ?? {}), WIRE];
  const unknown = given.find((text) => !names.includes(text));
  if (unknown === undefined) return given.length === 0 ? names : given;
  throw new UsageError(
    `There is no property "${unknown}".${suggest(unknown, names)} Properties of ${contract.id} are ${names.join(', ')}.`,
  );
}

function parseTime(text: string): number {
  const ms = readDuration(text);
  if (ms !== undefined && ms > 0) return ms;
  throw new UsageError(`--time takes a length of time such as 500ms, 30s or 10m, not "${text}".`);
}

interface GatewayTexts extends ChoicesOptionTexts, ProviderText {
  readonly mailbox: string;
  readonly mailboxSmtp?: string;
  readonly controlApi?: string;
  readonly token?: string;
}

interface ExploreTexts extends GatewayTexts {
  readonly property: readonly string[];
  readonly runs: string;
  readonly inputs: string;
  readonly time?: string;
  readonly seed?: string;
  readonly mode: readonly string[];
  readonly jobs: string;
  readonly folder: string;
  readonly record: string;
}
