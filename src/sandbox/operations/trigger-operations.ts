import type { Trigger as ShownTrigger } from '../../control-api/trigger-schemas.ts';
import { OperationError, type TriggerOperations } from '../control/operations.ts';
import { createFaultyCertificate, type CertificateFault } from '../gateway/certificate.ts';
import { firesLeft, type Trigger } from '../policy/triggers.ts';
import type { AccountLookup } from './account-lookup.ts';
import type { OperationParts } from './operation-parts.ts';

/** Stages at which nobody has logged in, so that only listeners of its own tell whose session it is. */
const beforeLogin: ReadonlySet<Trigger['stage']> = new Set(['connect', 'EHLO', 'STARTTLS', 'AUTH']);

/** Triggers that an account may have at once: each is looked at at its stage of every session. */
export const MOST_TRIGGERS = 1_000;

/** Behaviour that is forced (rule `sandbox.triggers`). */
export function triggerOperations(parts: OperationParts, { read }: AccountLookup): TriggerOperations {
  const { triggers, gateway, log } = parts;
  return {
    addTrigger: async (id, { tls, stage, ...forced }) => {
      await read(id);
      if ((beforeLogin.has(stage) || tls !== undefined) && gateway.ownListeners(id) === undefined) {
        throw new OperationError('no-own-listeners', `At ${stage} account ${id} needs listeners of its own.`);
      }
      if (triggers.list(id).length >= MOST_TRIGGERS) {
        throw new OperationError(
          'too-many-triggers',
          `Account ${id} has ${MOST_TRIGGERS} triggers; remove one first.`,
        );
      }
      const { times, reply, drop } = forced;
      const trigger = { id: parts.randomness.id('trg-'), stage, ...forced, times, reply, drop, tls };
      triggers.add(id, trigger);
      await presentCertificate(parts, id);
      log.publish(id, { kind: 'account', state: 'changed' });
      return showTrigger({ ...trigger, seen: 0 });
    },
    listTriggers: async (id) => {
      await read(id);
      return triggers.list(id).map(showTrigger);
    },
    removeTrigger: async (id, trigger) => {
      await read(id);
      if (!triggers.remove(id, trigger)) {
        throw new OperationError('no-such-trigger', `Account ${id} has no trigger ${trigger}.`);
      }
      await presentCertificate(parts, id);
      log.publish(id, { kind: 'account', state: 'changed' });
    },
  };
}

/** Gives the account's own listeners the certificate that its triggers ask for, or the right one. */
export async function presentCertificate(parts: OperationParts, id: string): Promise<void> {
  const { triggers, gateway, keys, wallClock, serial, provider } = parts;
  const fault = triggers.tlsFault(id);
  const certificate = isCertificateFault(fault)
    ? await createFaultyCertificate(
        fault,
        keys.authority,
        wallClock.now(),
        serial,
        provider.contract.gatewayName,
      )
    : keys.certificate;
  gateway.useCertificate(id, certificate);
}

function isCertificateFault(fault: Trigger['tls']): fault is CertificateFault {
  return fault === 'expired' || fault === 'misnamed' || fault === 'unknown authority';
}

function showTrigger({ match, ...trigger }: Trigger & { readonly seen: number }): ShownTrigger {
  return { ...trigger, match: { ...match }, left: firesLeft(trigger, trigger.seen) };
}
