/** The load client, a process of its own: it drives sessions as it is told and says how long it took. */
import { answerParent } from '../parent.ts';
import { z } from 'zod';
import { planSchema, type LoadPlan, type LoadResult } from './plan.ts';
import { closeSession, openSession, scriptOf, sendMessage, type Script } from './session.ts';
import type { ClientWire } from './wire.ts';

/** Sessions opened at a time before the clock starts. */
const OPENED_AT_A_TIME = 50;

const held: ClientWire[] = [];

answerParent({
  run: (payload) => run(planSchema.parse(payload)),
  hold: async (payload) => {
    const { plan, sessions } = z.object({ plan: planSchema, sessions: z.int() }).parse(payload);
    held.push(...(await openMany(plan, scriptOf(plan), sessions)));
    return held.length;
  },
});

async function run(plan: LoadPlan): Promise<LoadResult> {
  const script = scriptOf(plan);
  const wires = plan.connections === 'reused' ? await openMany(plan, script, plan.sessions) : [];
  const latencies: number[] = [];
  const begin = performance.now();
  const cpu = process.cpuUsage();
  const end = begin + plan.milliseconds;
  let begun = 0;
  const goesOn = (): boolean => performance.now() < end && (begun += 1) <= plan.messages;
  const reuse = async (wire: ClientWire): Promise<void> => {
    while (goesOn()) {
      const start = performance.now();
      await sendMessage(wire, plan, script);
      latencies.push(performance.now() - start);
    }
  };
  const oneEach = async (): Promise<void> => {
    while (goesOn()) {
      const start = performance.now();
      const wire = await openSession(plan, script);
      await sendMessage(wire, plan, script);
      latencies.push(performance.now() - start);
      await closeSession(wire, script);
    }
  };
  await Promise.all(
    plan.connections === 'reused' ? wires.map(reuse) : Array.from({ length: plan.sessions }, oneEach),
  );
  const seconds = (performance.now() - begin) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  for (const wire of wires) await closeSession(wire, script);
  const sorted = latencies.toSorted((left, right) => left - right);
  const percentile = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return {
    messages: sorted.length,
    seconds,
    p50: percentile(0.5),
    p99: percentile(0.99),
    clientCpu: (user + system) / 1e6 / seconds,
  };
}

async function openMany(plan: LoadPlan, script: Script, sessions: number): Promise<readonly ClientWire[]> {
  const wires: ClientWire[] = [];
  while (wires.length < sessions) {
    const next = Math.min(OPENED_AT_A_TIME, sessions - wires.length);
    wires.push(...(await Promise.all(Array.from({ length: next }, () => openSession(plan, script)))));
  }
  return wires;
}
