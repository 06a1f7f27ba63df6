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
const kills = Number(values.kills);
const report = await killUnderLoad({
  kills,
  clients: Number(values.clients),
  seed: values.seed,
  onKill: (done) => {
    if (process.stdout.isTTY) process.stdout.write(`\r${done} of ${kills}`);
  },
});
const { lost, doubleCharged, chargedForNothing } = report;
for (const [what, found] of Object.entries({ lost, doubleCharged, chargedForNothing })) {
  for (const each of found.slice(0, 10)) process.stdout.write(`${what}: ${each}\n`);
}
process.stdout.write(
  `${kills} kills: ${lost.length} lost, ${doubleCharged.length} double-charged, ${chargedForNothing.length} charged for nothing` +
    `   (${report.acknowledged} messages acknowledged, ${report.emails} emails, seed ${values.seed})\n`,
);
process.exitCode = lost.length + doubleCharged.length + chargedForNothing.length > 0 ? 1 : 0;
