/**
 * `npm run abuse [-- --short] [-- --only NAME]`: abuses the sandbox, the runner and the client check in every way that
 * is known, and prints a line for each: octets, milliseconds, memory at the peak. Exit code 1 when a bound is passed.
 * `npm run abuse -- --day [--mails N] [--rate N]`: a day in small, N mails at a steady rate a second.
 */
import { parseArgs } from 'node:util';
import { dayInSmall, faultsOfDay } from './day.ts';
import { probes } from './probes.ts';
import { runProbe } from './run-probe.ts';

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    only: { type: 'string' },
    day: { type: 'boolean', default: false },
    mails: { type: 'string', default: '200000' },
    rate: { type: 'string', default: '1000' },
  },
});
if (values.day) {
  const moments = await dayInSmall(Number(values.mails), Number(values.rate), (moment) => {
    const { mails, waiting, seconds, memory, folder, descriptors } = moment;
    const megabytes = (octets: number) => `${Math.round(octets / 1_000_000)} MB`;
    process.stdout.write(
      `${mails} mails, ${waiting} waiting  ${Math.round(seconds)} s  memory ${megabytes(memory)}  data folder ${megabytes(folder)}  ${descriptors} descriptors\n`,
    );
  });
  const faults = faultsOfDay(moments);
  for (const fault of faults) process.stdout.write(`✗ ${fault}\n`);
  process.exit(faults.length === 0 ? 0 : 1);
}

const wanted = probes.filter(({ name }) => values.only === undefined || name.includes(values.only));
if (wanted.length === 0) {
  const names = probes.map(({ name }) => `  ${name}`).join('\n');
  process.stderr.write(`No probe is named "${values.only}". There are:\n${names}\n`);
  process.exit(2);
}
const verdicts: string[] = [];
for (const probe of wanted) {
  const { kind, line } = await runProbe(probe, values.short ? 'short' : 'whole');
  process.stdout.write(`${line}\n`);
  verdicts.push(kind);
}
const held = verdicts.filter((kind) => kind === 'held').length;
// a developer's machine may lack something; CI has all of it
const excused =
  process.env['CI'] === undefined ? verdicts.filter((kind) => kind === 'cannot be done here').length : 0;
process.stdout.write(`\n${held} of ${wanted.length} probes stayed within their bounds.\n`);
process.exitCode = held + excused === wanted.length ? 0 : 1;
