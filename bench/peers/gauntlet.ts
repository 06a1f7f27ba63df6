/** Our gateway as a peer: `node gauntlet.ts file|memory <port of the smarthost>`. All rules on. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepYoungGenerationSmall } from '../../src/app/young-generation.ts';
import { accountSetupSchema } from '../../src/control-api/schemas.ts';
import { createSandbox } from '../../src/sandbox/sandbox.ts';
import type { Store } from '../../src/sandbox/store/store.ts';
import { senderDomain } from '../load/message.ts';
import { answerParent } from '../parent.ts';

// as `gauntlet sandbox` does
keepYoungGenerationSmall();
const [where, smarthostPort] = process.argv.slice(2);
const login = { name: 'bench', password: 'bench-password' };
const data = where === 'file' ? await mkdtemp(join(tmpdir(), 'gauntlet-bench-')) : undefined;
const opened: { store?: Store } = {};
const sandbox = await createSandbox({
  smarthost: { host: '127.0.0.1', port: Number(smarthostPort) },
  ...(data === undefined ? {} : { data }),
  parts: { store: (own) => (opened.store = own) },
  onFault: (fault) => process.stderr.write(`${String(fault)}\n`),
});
const setup = accountSetupSchema.parse({
  balance: 1_000_000_000,
  domains: [{ name: senderDomain, state: 'verified' }],
  connections: [
    { name: 'bench', sender: `shop@${senderDomain}`, login: login.name, password: login.password },
  ],
  // the limit is raised out of the way: the rule is asked, and says yes
  limits: { rateLimit: 1_000_000_000, rateWindowMs: 1 },
});
const account = await sandbox.operations.createAccount(setup);
const number = (port: number) => sandbox.addresses.find((each) => each.port === port)?.number;

answerParent(
  {
    address: () => ({ port: number(25), tlsPort: number(465), login }),
    backlog: () => opened.store?.countDue(account.id, Date.now()),
  },
  async () => {
    // what is still to be relayed is of no interest any more: the process ends with it
    if (data !== undefined) await rm(data, { recursive: true, force: true });
  },
);
