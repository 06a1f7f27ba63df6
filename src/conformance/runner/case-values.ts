import { fillTemplate, type Template } from '../scenario/template.ts';
import type { Situation } from '../target/target.ts';

/**
 * The values of a case's variables. Those of the file's own (`vars`) are filled in when they are asked for, since what
 * they hold may change in the middle of the case, as a password does.
 */
export class CaseValues {
  readonly #values: Map<string, string>;
  readonly #vars: ReadonlyMap<string, Template>;

  constructor(values: Iterable<readonly [string, string]>, vars: ReadonlyMap<string, Template> = new Map()) {
    this.#values = new Map(values);
    this.#vars = vars;
  }

  /** The value of a variable; `undefined` where there is none of that name. */
  get(name: string): string | undefined {
    const template = this.#vars.get(name);
    // a variable holds only those above it, so this ends
    return this.#values.get(name) ?? (template && fillTemplate(template, this));
  }

  /** Gives a variable a value: what a pattern captured, or what has changed. */
  set(name: string, value: string): void {
    this.#values.set(name, value);
  }
}

/** The values with which a case begins. */
export function valuesOf(situation: Situation, vars: ReadonlyMap<string, Template>): CaseValues {
  const first = situation.credentials('first');
  const fixed = [
    ['sender', situation.sender],
    ['login', first?.login ?? ''],
    ['password', first?.password ?? ''],
  ] as const;
  return new CaseValues([...fixed, ...situation.recipients], vars);
}
