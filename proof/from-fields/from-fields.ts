/**
 * `node proof/from-fields/from-fields.ts [--fields N] [--seed TEXT]`: generated From fields, read by the gateway's
 * reader and by the strict and the lenient one of Python's email package. Prints how the readings go together, each
 * explanation with how often it was needed, and each difference without one. Exit 1 where there is one.
 */
import { parseArgs } from 'node:util';
import { compareFields, octetsOfFields, type Verdict } from './compare.ts';
import { generateFields } from './generate.ts';

const { values } = parseArgs({
  options: { fields: { type: 'string', default: '100000' }, seed: { type: 'string', default: 'from' } },
});
const fields = generateFields(Number(values.fields), values.seed);
const verdicts = await compareFields(fields);
const groups = Map.groupBy(verdicts, ({ kind, why }) =>
  kind === 'both refuse' ? kind : `${kind}  ${why.replace(/[:"].*/s, '')}`,
);
const lines = [...groups]
  .toSorted(([, one], [, other]) => other.length - one.length)
  .map(([name, members]) => `${String(members.length).padStart(7)}  ${name.trim()}${samples(members)}`);
process.stdout.write(`${fields.length} fields, ${octetsOfFields(fields)} octets\n${lines.join('\n')}\n`);
process.exitCode = verdicts.some(({ kind }) => kind === 'unexplained') ? 1 : 0;

function samples(members: readonly Verdict[]): string {
  return members
    .filter(({ kind }) => kind === 'unexplained')
    .slice(0, 5)
    .map(({ field, readings }) => `\n         ${JSON.stringify(field)}\n         ${readings}`)
    .join('');
}
