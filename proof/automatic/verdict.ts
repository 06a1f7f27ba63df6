import type { Requirement } from '../../src/contract/requirement.ts';

/** What the scripted suite, or generated sessions, made of one mutant. */
export type Judgement =
  | {
      readonly kind: 'caught';
      /**
       * By a finding; by a case of which nothing can be said, which a run counts as bad, too; by the end of the gateway's
       * process, or because it answers no more.
       */
      readonly how: 'finding' | 'errored' | 'crash' | 'hang';
      /** The case, or the property of generated sessions. */
      readonly by: string;
      readonly rule: Requirement | undefined;
      /** What was found, in one line. */
      readonly what: string;
    }
  | {
      readonly kind: 'survived';
      /** Cases or generated scenarios that were played. */
      readonly played: number;
      /** Findings that did not come a second time: alarms of a busy machine, which catch nothing. */
      readonly unrepeated: number;
    };

/** What became of one mutant. Generated sessions judge only what the scripted suite let pass. */
export interface Verdict {
  readonly id: string;
  readonly scripted: Judgement;
  readonly generated: Judgement | undefined;
  readonly ms: number;
}

/** Whether somebody caught it. */
export function isCaught({ scripted, generated }: Verdict): boolean {
  return scripted.kind === 'caught' || generated?.kind === 'caught';
}
