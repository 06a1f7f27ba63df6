import type { Mode } from '../../contract/modes.ts';

/** The ending of scenario files. */
export const scenarioEnding = '.scenario.yaml';

/** A title as a part of an id: lower case, each run of other characters one hyphen. */
export function slugOf(title: string): string {
  return title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
}

/** The id of a case in one mode: `billing/copies#bcc-alone @465+tls`. */
export function caseIdInMode(caseId: string, mode: Mode): string {
  return `${caseId} @${mode}`;
}

/** An id taken apart; what is not there is not asked for. */
export interface CaseIdParts {
  readonly scenario: string;
  readonly slug: string | undefined;
  readonly mode: string | undefined;
}

/** Takes `path#slug @mode` apart; folders may have `#` and `@` in their names. */
export function splitCaseId(id: string): CaseIdParts {
  const match = /^(.*?)(?:#([^#/]*?))?(?: ?@([^\s#/]+))?$/s.exec(id);
  return { scenario: match?.[1] ?? id, slug: match?.[2], mode: match?.[3] };
}
