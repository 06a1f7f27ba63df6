/**
 * What a tester writes: the scenario format, read into plain data with the place of everything in it. It plays nothing,
 * knows no target and no socket, and lets no typing mistake pass in silence.
 */
import type { HistoryFilter } from '../situation/history-filter.ts';
import type { Origin } from '../situation/origin.ts';
import type { Mode } from '../../contract/modes.ts';
import type { Requirement } from '../../contract/requirement.ts';
import type { RuleId } from '../../contract/rule.ts';
import type { Given, LoginChoice } from '../situation/given.ts';
import type { DialogueLine, Position } from './dialogue.ts';
import type { HistoryColumn } from './then-schema.ts';
import type { Template } from './template.ts';

/** A scenario file. */
export interface Scenario {
  /** The path below the suite's folder without its ending. */
  readonly id: string;
  /** The path as reports show it. */
  readonly file: string;
  readonly title: string;
  readonly about: Requirement;
  readonly given: Given;
  /** Variables of the file's own; each knows those above it. */
  readonly vars: ReadonlyMap<string, Template>;
  readonly messages: ReadonlyMap<string, ScenarioMessage>;
  readonly cases: readonly ScenarioCase[];
  readonly withdrawn: { readonly why: string; readonly since: string } | undefined;
  readonly found: Origin | undefined;
}

/** One dialogue of a scenario. */
export interface ScenarioCase {
  /** `billing/copies`, or `billing/copies#title-as-slug` where the file has several. */
  readonly id: string;
  /** Its own, or the file's where the file has one dialogue. */
  readonly title: string;
  readonly about: Requirement;
  readonly modes: readonly Mode[];
  readonly dialogue: readonly DialogueLine[];
  /** The keys of its `then`, in the order of the file. */
  readonly ending: readonly ThenExpectation[];
  readonly position: Position;
}

/** A message under `messages:`. Octets with variables in them, one character of text each. */
export interface ScenarioMessage {
  readonly text: Template;
  readonly position: Position;
}

interface ThenLine {
  /** Whose account or connection is looked at. */
  readonly of: LoginChoice;
  /** Where in `source` the key begins; `position` is where `source` does. */
  readonly offset: number;
  readonly position: Position;
  readonly source: string;
  readonly rule: RuleId | undefined;
}

/** One key of `then`. Recipients are named as in `given`; what a map leaves out must not be there. */
export type ThenExpectation = ThenLine &
  (
    | { readonly kind: 'charged'; readonly sends: number }
    | { readonly kind: 'balance'; readonly sends: number }
    | { readonly kind: 'delivered'; readonly copies: ReadonlyMap<string, DeliveredCopies> }
    | {
        readonly kind: 'history';
        readonly filter: HistoryFilter | undefined;
        readonly rows: ReadonlyMap<string, readonly WantedRow[]>;
      }
    | { readonly kind: 'statistics'; readonly days: ReadonlyMap<string, ReadonlyMap<string, number>> }
    | { readonly kind: 'status'; readonly status: string }
    | { readonly kind: 'suppressed'; readonly names: readonly string[] }
  );

/** A row of the history as `then` has it; what is absent is not looked at. */
export interface WantedRow {
  readonly status: string | undefined;
  /** The other columns; a size may be `as sent`. */
  readonly columns: ReadonlyMap<HistoryColumn, Template>;
}

/** `as sent`: each message that was accepted for this recipient, once; or the messages named. */
export type DeliveredCopies =
  { readonly kind: 'as-sent' } | { readonly kind: 'messages'; readonly names: readonly string[] };

/** The key of statistics that are not told by day. */
export const allDays = 'all days';
