import type { PinnedFinding } from './findings.ts';

/** A finding that a foreign server earns in some runs only, since two of its tasks race. */
export interface UnsteadyFinding {
  /** The server's name, as its heading in `docs/calibration.md`. */
  readonly server: string;
  /** `protocol/syntax#one-case`, or `protocol/syntax` for every case of the file. */
  readonly group: string;
  readonly rule: string;
}

/**
 * They are justified in `docs/calibration.md` as the others are, and left out of the pinned text: whether they come depends
 * on the machine.
 */
export const unsteadyFindings: readonly UnsteadyFinding[] = [
  // asyncio closes a TLS session at the end of the client's stream, in a race with the task that answers
  { server: 'aiosmtpd', group: 'protocol/half-close', rule: 'protocol.close.half' },
  // it takes the rest of the message for commands; how far it comes depends on the segments
  { server: 'mailpit', group: 'protocol/smuggled-message#behind-lf-dot-crlf', rule: 'protocol.close' },
];

/** Whether a finding of this server comes in some runs only. */
export function isUnsteady(server: string, finding: PinnedFinding): boolean {
  return unsteadyFindings.some(
    (unsteady) =>
      unsteady.server === server &&
      unsteady.rule === finding.rule &&
      (unsteady.group === finding.group || finding.group.startsWith(`${unsteady.group}#`)),
  );
}
