import { domainKey } from '../../src/smtp/domain.ts';
import type { Order } from '../../src/conformance/clients/order.ts';
import type { Fault } from './reference-faults.ts';

/** One who gets the mail: as the caller named them, and as the wire has it. */
export interface Recipient {
  readonly told: string;
  readonly wire: string;
}

/** An order that can be sent, and what of it cannot. */
export interface Prepared {
  readonly from: string;
  readonly recipients: readonly Recipient[];
  /** As the caller named them: what is no address, or needs an extension that is not there. */
  readonly refused: readonly string[];
}

/** Makes the envelope: each person once, domains as A-labels, and nothing that holds a line end. */
export function prepare(order: Order, faults: ReadonlySet<Fault>): Prepared {
  const { from, to, bcc } = order;
  const everybody = [...to, ...bcc];
  const fields = [from, order.fromName, order.subject, ...everybody];
  if (fields.some(hasLineEnd) && !faults.has('line ends in fields'))
    return { from, recipients: [], refused: [...to] };
  const named = faults.has('names each place') ? everybody : [...new Set(everybody)];
  const read = named.map((told) => ({ told, wire: wireForm(told, faults) }));
  return {
    from: faults.has('the sender as it was told') ? from : (/<([^<>]*)>$/.exec(from)?.[1] ?? from),
    recipients: read.flatMap(({ told, wire }) => (wire === undefined ? [] : [{ told, wire }])),
    refused: read.flatMap(({ told, wire }) => (wire === undefined ? [told] : [])),
  };
}

function hasLineEnd(text: string): boolean {
  return /[\r\n]/.test(text);
}

/** The address as a server without SMTPUTF8 takes it (RFC 6531 §3.2); `undefined` where there is no such form. */
function wireForm(address: string, faults: ReadonlySet<Fault>): string | undefined {
  if (faults.has('UTF-8 without SMTPUTF8') || hasLineEnd(address)) return address;
  const at = address.lastIndexOf('@');
  const [local, domain] = [address.slice(0, at), domainKey(address.slice(at + 1))];
  return domain === undefined || /[^ -~]/.test(local) ? undefined : `${local}@${domain}`;
}
