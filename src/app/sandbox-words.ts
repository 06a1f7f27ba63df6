import { Option, type Command } from 'commander';
import { beginProgram } from './begin-program.ts';
import { addChoicesOptions, chosenBy, type ChoicesOptionTexts } from './choices-options.ts';
import { sandboxCommand } from './commands/sandbox.ts';
import { atMailboxPort, collect, parseControl, parseDuration, parseMailbox, parseNames } from './options.ts';
import { parseListenerPorts, portsOfAll, type ListenerPortTexts } from './listener-ports.ts';
import { addProviderOption, chosenProvider, type ProviderText } from './provider-option.ts';
import { readSeed } from './seed-file.ts';
import type { Settings } from './settings.ts';

/** A command line that knows `gauntlet sandbox` alone: people wait for it, and the other commands take long to load. */
export function createSandboxProgram(settings: Settings, done: (exitCode: number) => void): Command {
  const program = beginProgram(settings);
  addSandbox(program, settings, done);
  return program;
}

/** Adds `gauntlet sandbox`. */
export function addSandbox(program: Command, settings: Settings, done: (exitCode: number) => void): void {
  const command = program.command('sandbox').description('Keep the reference gateway up, to send to');
  for (const port of portsOfAll) {
    command.option(`--port-${port} <n>`, `number on which ${port} listens; 0 is any free one`);
  }
  command
    .option('--control-port <n>', 'number of the control API', '2580')
    .option(
      '--host <address>',
      'where SMTP and the control API listen; beyond loopback the control API wants a token',
    )
    .option('--control-host <address>', 'where the control API listens, if elsewhere')
    .option('--quiet', 'say nothing of sessions and mails', false)
    .option('--open', 'open the dashboard in the browser', false)
    .addOption(new Option('--token <token>', 'token of the control API').env('GAUNTLET_TOKEN'))
    .option(
      '--name <name>',
      'name or address under which others reach it; certificates carry it; may be given several times',
      collect,
      [],
    )
    .option(
      '--mailbox <kind>',
      'auto, program, embedded, container, or the http address of a Mailpit',
      'auto',
    )
    .option('--mailbox-smtp <host:port>', 'where that Mailpit takes mail')
    .option(
      '--mailbox-port <n>',
      'number on which the mailbox shows its mails; with --data that of the last time',
    )
    .option('--data <folder>', 'keep the state over a restart')
    .option(
      '--keep <time>',
      'how long the text of a mail is kept behind its last delivery, such as 0s, 30s, 10m, 12h or 7d',
      '24h',
    )
    .option('--reports <folder>', 'folder whose HTML reports the dashboard shows', 'reports')
    .option('--seed-file <file>', 'JSON with accounts to make: fixed logins, passwords, domains, balances');
  addProviderOption(addChoicesOptions(command)).action(async (given: SandboxOptionTexts) => {
    const provider = await chosenProvider(given);
    const exitCode = await sandboxCommand(
      {
        provider,
        ports: parseListenerPorts(given, provider.contract),
        control: parseControl(given),
        host: given.host,
        quiet: given.quiet,
        open: given.open,
        mailbox: atMailboxPort(parseMailbox(given.mailbox, given.mailboxSmtp, settings), given.mailboxPort),
        data: given.data,
        reports: given.reports,
        names: parseNames(given.name),
        keepMs: parseDuration(given.keep, '--keep'),
        choices: await chosenBy(given),
        seed:
          given.seedFile === undefined
            ? undefined
            : await readSeed(given.seedFile, { isKept: given.data !== undefined }),
      },
      settings,
    );
    done(exitCode);
  });
}

interface SandboxOptionTexts extends ChoicesOptionTexts, ProviderText, ListenerPortTexts {
  readonly controlPort: string;
  readonly controlHost?: string;
  readonly host?: string;
  readonly quiet: boolean;
  readonly open: boolean;
  readonly name: readonly string[];
  readonly keep: string;
  readonly reports: string;
  readonly token?: string;
  readonly mailbox: string;
  readonly mailboxSmtp?: string;
  readonly mailboxPort?: string;
  readonly data?: string;
  readonly seedFile?: string;
}
