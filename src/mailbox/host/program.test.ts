import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readlinkSync, realpathSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { dirname } from 'node:path';
import { MailpitClient } from 'mailpit-api';
import { expect, it } from 'vitest';
import { openMailbox } from '../mailbox.ts';
import { describeWithMailpit, searchPath } from '../mailpit-for-tests.ts';
import { chooseFreePorts, listenAnywhere } from './loopback.ts';
import { openProgram } from './program.ts';

describeWithMailpit('the program', (path) => {
  it('leaves no process and no directory behind', async () => {
    const host = await openProgram(path);
    const directory = dirname((await new MailpitClient(host.api).getInfo()).Database);
    const session = connect(host.smtp).resume();
    await once(session, 'connect');
    expect(existsSync(directory)).toBe(true);
    const closed = once(session, 'close');
    await host[Symbol.asyncDispose]();
    await closed;
    expect(existsSync(directory)).toBe(false);
    await host[Symbol.asyncDispose]();
  });

  it('ends even when this process is killed', async () => {
    const door = new URL('./program.ts', import.meta.url).href;
    const script = `
      const { openProgram } = await import(${JSON.stringify(door)});
      const host = await openProgram(${JSON.stringify(path)});
      process.stdout.write(JSON.stringify(host.smtp));`;
    const user = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [smtp] = await once(user.stdout, 'data');
    const session = connect(JSON.parse(String(smtp))).resume();
    await once(session, 'connect');
    const closed = once(session, 'close');
    user.kill('SIGKILL');
    await expect(closed).resolves.toBeDefined();
  });

  it('that dies is said and started again on its ports, where somebody hears it', async () => {
    const notices: string[] = [];
    let heard = Promise.withResolvers<void>();
    const host = await openMailbox({ kind: 'program', searchPath, path }, (sentence) => {
      notices.push(sentence);
      heard.resolve();
      heard = Promise.withResolvers<void>();
    });
    const pidOf = async () => {
      const { Database } = await new MailpitClient(host.api).getInfo();
      const list = spawnSync('pgrep', ['-f', `mailpit.*--database ${Database}`], { encoding: 'utf8' });
      return list.stdout
        .split('\n')
        .map(Number)
        .find((pid) => readlinkSync(`/proc/${pid}/exe`) === realpathSync(path));
    };
    const pid = await pidOf();
    process.kill(pid ?? Number.NaN, 'SIGKILL');
    while (!notices.includes('Mailpit runs again.')) await heard.promise;
    expect(notices[0]).toBe('Mailpit has ended, and the mail that it held is gone. It is started again.');
    expect(await pidOf()).not.toBe(pid);
    const session = connect(host.smtp).resume();
    await once(session, 'connect');
    const closed = once(session, 'close');
    await host[Symbol.asyncDispose]();
    await closed;
    expect(notices).toHaveLength(2);
  });

  it('has the port of the API that is asked for, or says what is wrong with it', async () => {
    const [apiPort = 0] = await chooseFreePorts(1);
    const first = await openMailbox({ kind: 'auto', searchPath: dirname(path), apiPort }, () => undefined);
    expect(first).toMatchObject({ kind: 'program', api: `http://127.0.0.1:${apiPort}` });
    await expect(openProgram(path, apiPort)).rejects.toMatchObject({ code: 'mailbox-port-taken' });
    await first[Symbol.asyncDispose]();
    const second = await openProgram(path, apiPort);
    expect(second.api).toBe(first.api);
    await second[Symbol.asyncDispose]();
  });

  it.each(['SMTP', 'API'])('starts again when the port for %s was taken meanwhile', async (side) => {
    const other = createServer();
    const taken = await listenAnywhere(other);
    const chosen: number[] = [];
    try {
      const host = await openProgram(path, undefined, async (count) => {
        const [smtp = 0, api = 0] = await chooseFreePorts(count);
        const first = chosen.push(smtp) === 1;
        return first ? (side === 'SMTP' ? [taken, api] : [smtp, taken]) : [smtp, api];
      });
      await host[Symbol.asyncDispose]();
      expect(chosen).toHaveLength(2);
      expect(host.smtp.port).toBe(chosen[1]);
    } finally {
      other.close();
    }
  });
});
