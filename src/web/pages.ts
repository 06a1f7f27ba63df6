/** A page that is one file: its script and style stand in it, and a program fills in what it shows. */
export interface Page {
  /** The name of the built file, without its ending. */
  readonly name: string;
  /** The module that the page runs, below `src/`; it imports its style. */
  readonly entry: string;
  /** Directives of the content security policy beside those that all pages have. */
  readonly policy: readonly string[];
}

/** The pages that are one file. */
export const pages = [
  { name: 'report', entry: 'conformance/report/page/main.ts', policy: ["form-action 'none'"] },
  { name: 'client-card', entry: 'conformance/clients/page/card.ts', policy: ["form-action 'none'"] },
  {
    name: 'self-driven',
    entry: 'conformance/clients/page/self-driven.ts',
    // it polls the progress of the check, and submits its end
    policy: ["connect-src 'self'", "form-action 'self'"],
  },
] as const satisfies readonly Page[];
