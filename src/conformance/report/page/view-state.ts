/** The tabs of the page. */
export const tabs = [
  'findings',
  'rules',
  'scenarios',
  'not-shown',
  'traceability',
  'documentation',
  'changes',
] as const;
export type Tab = (typeof tabs)[number];

/** What the page shows just now; it stands in the URL's hash, so that a link shows the same. */
export interface ViewState {
  readonly tab: Tab | undefined;
  readonly query: string;
  /** Only rows with one of these; none is all. */
  readonly outcomes: readonly string[];
  readonly mode: string | undefined;
  /** What is open: a rule in a mode, and one of its cases; or a case alone. */
  readonly rule: string | undefined;
  readonly ruleMode: string | undefined;
  readonly case: string | undefined;
  /** The rule whose sentence is marked in the documentation. */
  readonly quote: string | undefined;
}

/** Nothing asked for. */
export const nowhere: ViewState = {
  tab: undefined,
  query: '',
  outcomes: [],
  mode: undefined,
  rule: undefined,
  ruleMode: undefined,
  case: undefined,
  quote: undefined,
};

/** Reads a hash; what it does not say, or says wrongly, is not asked for. */
export function readHash(hash: string): ViewState {
  const words = new URLSearchParams(hash.replace(/^#/, ''));
  const get = (name: string) => words.get(name) ?? undefined;
  return {
    tab: tabs.find((tab) => tab === get('tab')),
    query: get('q') ?? '',
    outcomes: get('outcome')?.split(',').filter(Boolean) ?? [],
    mode: get('mode'),
    rule: get('rule'),
    ruleMode: get('in'),
    case: get('case'),
    quote: get('quote'),
  };
}

/** Writes a hash; nothing stands in it that is as it would be without. */
export function writeHash(state: ViewState): string {
  const words = new URLSearchParams();
  const add = (name: string, value: string | undefined) => {
    if (value !== undefined && value !== '') words.set(name, value);
  };
  add('tab', state.tab);
  add('q', state.query);
  add('outcome', state.outcomes.join(','));
  add('mode', state.mode);
  add('rule', state.rule);
  add('in', state.ruleMode);
  add('case', state.case);
  add('quote', state.quote);
  return words.toString();
}
