import type { Delivery, HandOver } from './delivery.ts';
import { SmarthostSession } from './smarthost-session.ts';

/** Hands emails to the next host, one after another on each of its sessions; a seam for proof. */
export interface SmarthostWriter extends AsyncDisposable {
  handOver(delivery: Delivery): Promise<HandOver>;
}

/** Idle sessions that are kept for the next email. */
const KEPT = 16;

/** Writes to the smarthost over SMTP, the octets as they are; `name` says hello. Sessions are used again. */
export function openSmarthostWriter(
  smarthost: { readonly host: string; readonly port: number },
  name: string,
): SmarthostWriter {
  const idle: SmarthostSession[] = [];
  const all = new Set<SmarthostSession>();

  const connect = async (): Promise<SmarthostSession> => {
    const session = await SmarthostSession.open(smarthost.host, smarthost.port, name);
    all.add(session);
    session.onEnd(() => {
      all.delete(session);
      const at = idle.indexOf(session);
      if (at !== -1) idle.splice(at, 1);
    });
    return session;
  };

  const handOverOn = async (session: SmarthostSession, delivery: Delivery): Promise<HandOver> => {
    const handedOver = await session.send(delivery);
    if (handedOver.kind === 'taken' && idle.length < KEPT && all.has(session)) idle.push(session);
    else session.close();
    return handedOver;
  };

  return {
    async handOver(delivery) {
      const kept = idle.pop();
      if (kept !== undefined) {
        const handedOver = await handOverOn(kept, delivery);
        // the host may end an idle session at any time; that says nothing of the email, which gets a session of its own
        if (handedOver.kind !== 'not now' || handedOver.about !== 'session') return handedOver;
      }
      try {
        return await handOverOn(await connect(), delivery);
      } catch (fault) {
        return { kind: 'not now', why: fault instanceof Error ? fault.message : String(fault) };
      }
    },
    [Symbol.asyncDispose]: async () => {
      for (const session of all) session.close();
    },
  };
}
