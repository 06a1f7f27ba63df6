/** A sandbox in a process of its own, so that its memory is its own: `node sandbox-process.ts <port of the smarthost> [folder]`. */
import { answerParent } from '../../../bench/parent.ts';
import { keepYoungGenerationSmall } from '../../../src/app/young-generation.ts';
import { openMailbox } from '../../../src/mailbox/mailbox.ts';
import { createSandbox } from '../../../src/sandbox/sandbox.ts';

// as `gauntlet sandbox` does
keepYoungGenerationSmall();
const [smarthost, data] = process.argv.slice(2);
const faults = new Map<string, number>();
const sandbox = await createSandbox({
  smarthost: { host: '127.0.0.1', port: Number(smarthost) },
  ...(data === undefined ? {} : { data }),
  onFault: (fault) => {
    const text = String(fault);
    faults.set(text, (faults.get(text) ?? 0) + 1);
  },
});
answerParent(
  {
    addresses: () => ({
      control: sandbox.controlUrl,
      ports: Object.fromEntries(sandbox.addresses.map(({ port, number }) => [port, number])),
    }),
    mailbox: async () => (await openMailbox({ kind: 'embedded' })).api,
    faults: () => [...faults].map(([text, count]) => `${count} × ${text}`),
  },
  async () => sandbox[Symbol.asyncDispose](),
);
