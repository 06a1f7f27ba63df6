import type { Bar } from '../row.ts';
import { dashboardTasks } from './dashboard-tasks.ts';
import { idleSessions } from './idle-sessions.ts';
import { historyPages } from './history-pages.ts';
import { relayToMailpit } from './relay-to-mailpit.ts';
import { sideBySide, type Load } from './side-by-side.ts';
import type { Work } from './work.ts';

const atLeast = (value: number): Bar => ({ kind: 'ratio at least', value });
const atMost = (value: number): Bar => ({ kind: 'ratio at most', value });
const below = (value: number): Bar => ({ kind: 'ours below', value });

const plain: Load = {
  sessions: 10,
  connections: 'reused',
  recipients: 1,
  pipelining: false,
  size: 1024,
  tls: false,
};
const bare = (bar?: number) => ({
  peer: 'bare' as const,
  ...(bar === undefined ? {} : { bar: atLeast(bar) }),
});

/** All that is measured, in the order of the report. */
export const works: readonly Work[] = [
  sideBySide(
    '1 KiB, reused, 10 sessions',
    plain,
    [bare(0.65), { peer: 'Mailpit', bar: atLeast(2.5) }, { peer: 'smtp-sink' }, { peer: 'MailDev' }],
    true,
  ),
  sideBySide('1 KiB, reused, 50 sessions', { ...plain, sessions: 50 }, [bare(0.75)], true),
  sideBySide('50 KiB, reused, 10 sessions', { ...plain, size: 50 * 1024 }, [bare(0.6)], true),
  sideBySide(
    '1 KiB, one connection each, 10 sessions',
    { ...plain, connections: 'one each' },
    [bare(0.65), { peer: 'smtp-server', bar: atLeast(20) }, { peer: 'Mailpit' }],
    true,
  ),
  sideBySide(
    '100 recipients, pipelined, 10 sessions',
    { ...plain, recipients: 100, pipelining: true },
    [bare(1.2)],
    true,
  ),
  sideBySide('100 recipients, not pipelined, 10 sessions', { ...plain, recipients: 100 }, [bare(0.75)], true),
  sideBySide(
    '1 KiB, reused, 10 sessions, TLS',
    { ...plain, tls: true },
    [bare(), { peer: 'Mailpit' }],
    false,
  ),
  sideBySide(
    '1 KiB, one connection each, 10 sessions, TLS',
    { ...plain, connections: 'one each', tls: true },
    [bare()],
    false,
  ),
  sideBySide(
    '100 recipients, pipelined, 10 sessions, TLS',
    { ...plain, recipients: 100, pipelining: true, tls: true },
    [bare()],
    false,
  ),
  sideBySide('1 KiB, reused, 10 sessions, --data on and off', plain, [{ peer: 'ours in memory' }], false),
  relayToMailpit('relay to Mailpit, end to end', atLeast(0.5)),
  historyPages(atMost(3)),
  dashboardTasks(below(200)),
  idleSessions('10,000 idle sessions, plain', 10_000, false, below(250)),
  idleSessions('5,000 idle sessions, TLS', 5_000, true, below(450)),
];
