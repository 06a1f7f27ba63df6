/** `npm run faults -- --kills N [--clients N] [--seed TEXT]`: kills under load, and one line that says what was lost. */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { killUnderLoad } from './kill-under-load.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    clients: { type: 'string', default: '8' },
    seed: { type: 'string', default: randomBytes(4).toString('hex') },
  },
});
const kills = countOf('kills', values.kills);
const report = await killUnderLoad({
  kills,
  clients: countOf('clients', values.clients),
  seed: values.seed,
  onKill: (done) => {
    if (process.stdout.isTTY) process.stdout.write(`\r${done} of ${kills}`);
  },
});
const { lost, doubleCharged, chargedForNothing } = report;
for (const [what, cases] of Object.entries({ lost, doubleCharged, chargedForNothing })) {
  for (const each of cases.slice(0, 10)) process.stdout.write(`${what}: ${each}\n`);
}
process.stdout.write(
  `${kills} kills: ${lost.length} lost, ${doubleCharged.length} double-charged, ${chargedForNothing.length} charged for nothing` +
    `   (${report.acknowledged} messages acknowledged, ${report.emails} emails, seed ${values.seed})\n`,
);
if (report.acknowledged === 0) process.stdout.write('No message was acknowledged, so nothing is shown.\n');
const found = lost.length + doubleCharged.length + chargedForNothing.length;
process.exitCode = found > 0 || report.acknowledged === 0 ? 1 : 0;

/** A number of the command; anything else ends it with exit code 2. */
function countOf(option: string, text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count > 0) return count;
  process.stderr.write(`--${option} takes a whole number from 1, not "${text}".\n`);
  process.exit(2);
}
