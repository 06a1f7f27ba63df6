/** Abuse of the scenario runner by the gateway that it plays on. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { watchPeakMemory } from '../process-memory.ts';
import type { Effort, Figures, Probe } from '../probe.ts';
import { misbehaviours, type Misbehaviour } from './misbehaviours.ts';
import { startMisbehaving, type MisbehavingGateway } from './misbehaving-gateway.ts';

const MB = 1_000_000;
const program = fileURLToPath(new URL('../../../src/app/main.ts', import.meta.url));

const summarySchema = z.object({
  cases: z.array(
    z.object({
      outcome: z.string(),
      why: z.string().optional(),
      findings: z.array(z.object({ rule: z.string(), message: z.string() })),
    }),
  ),
});

/** A probe for each misbehaviour: the whole run on it stays small, and says one thing. */
export const runnerProbes: readonly Probe[] = misbehaviours.map((misbehaviour) => ({
  name: misbehaviour.name,
  what: misbehaviour.what,
  bounds: {
    memory: 300 * MB,
    milliseconds: 120_000,
    counts: { 'octets of reports': 50 * MB, 'different findings': misbehaviour.findings ?? 1 },
  },
  run: (effort) => abuse(misbehaviour, effort),
}));

/** The same gateway without a misbehaviour: it speaks only enough SMTP to be believed, so it breaks rules of its own. */
const usual: Misbehaviour = { name: 'usual', what: 'nothing' };

/** A run on a gateway that misbehaves so; the findings are those beside what the usual gateway has. */
async function abuse(misbehaviour: Misbehaviour, effort: Effort): Promise<Figures> {
  const { told, ...figures } = await runOn(misbehaviour, effort);
  // a certificate that is only large breaks no rule
  if (told.size === 0 && misbehaviour.certificateNames === undefined) {
    throw new Error(`nothing is said of "${misbehaviour.name}"`);
  }
  const allowed = misbehaviour.findings ?? 1;
  const beside = told.size > allowed ? (await runOn(usual, effort)).told : new Set<string>();
  return {
    ...figures,
    counts: { ...figures.counts, 'different findings': told.difference(beside).size },
  };
}

async function runOn(
  misbehaviour: Misbehaviour,
  effort: Effort,
): Promise<Figures & { readonly told: ReadonlySet<string> }> {
  await using gateway = await startMisbehaving(misbehaviour);
  const folder = await mkdtemp(join(tmpdir(), 'gauntlet-abuse-'));
  try {
    await describeTarget(folder, gateway);
    const mode = gateway.authority === undefined ? '587' : '465+tls';
    const scenarios =
      effort === 'short' ? ['protocol/rset-forgets-the-envelope'] : ['protocol', 'login', 'billing'];
    const child = spawn(
      process.execPath,
      [program, 'run', ...scenarios, '--mode', mode, '--target', 'target.yaml'],
      { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let complaints = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaints = (complaints + text).slice(-2_000);
    });
    const peak = watchPeakMemory(child.pid ?? 0);
    await once(child, 'close');
    const memory = peak();
    const reports = await readdir(join(folder, 'reports')).catch(() => {
      throw new Error(`the run left no report: ${complaints}`);
    });
    const sizes = await Promise.all(
      reports.map(async (name) => (await stat(join(folder, 'reports', name))).size),
    );
    return {
      octets: gateway.octets(),
      memory,
      counts: { 'octets of reports': sizes.reduce((sum, size) => sum + size, 0) },
      told: await findingsIn(folder),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function describeTarget(folder: string, { port, authority }: MisbehavingGateway): Promise<void> {
  const mode = authority === undefined ? '587' : '465+tls';
  const description = {
    name: 'theirs',
    modes: { [mode]: `127.0.0.1:${port}` },
    login: { login: 'login', password: 'password' },
    sender: 'a@theirs.example',
    recipients: { accepts: ['*@customer.example'] },
    ...(authority === undefined ? {} : { 'certificate-authority': 'ca.pem' }),
  };
  // JSON is YAML
  await writeFile(join(folder, 'target.yaml'), JSON.stringify(description));
  if (authority !== undefined) await writeFile(join(folder, 'ca.pem'), authority);
}

/** The different things that the run says went wrong. */
async function findingsIn(folder: string): Promise<ReadonlySet<string>> {
  const summary = summarySchema.parse(
    JSON.parse(await readFile(join(folder, 'reports', 'summary.json'), 'utf8')),
  );
  const bad = summary.cases.filter(({ outcome }) => outcome === 'failed' || outcome === 'errored');
  const told = bad.flatMap(({ findings, why, outcome }) =>
    findings.length > 0 ? findings.map(({ rule, message }) => `${rule}: ${message}`) : [why ?? outcome],
  );
  return new Set(told);
}
