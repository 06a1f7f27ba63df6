/** A gateway in a process of its own, so that it can be killed. Told by its arguments: folder, ports, smarthost. */
import { z } from 'zod';
import { createSandbox } from '../../src/sandbox/sandbox.ts';

const port = z.coerce.number().int().min(0);
const [data, p465, p587, p25, control, smarthost] = z
  .tuple([z.string(), port, port, port, port, port])
  .parse(process.argv.slice(2));

await createSandbox({
  data,
  ports: { 465: p465, 587: p587, 25: p25 },
  control: { port: control },
  smarthost: { host: '127.0.0.1', port: smarthost },
  onFault: (fault) => process.stderr.write(`${fault instanceof Error ? fault.stack : String(fault)}\n`),
});
process.stdout.write('ready\n');
