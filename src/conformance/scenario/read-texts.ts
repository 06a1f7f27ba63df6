import { checkVariables, fixedVariables } from './check-dialogue.ts';
import type { Position } from './dialogue.ts';
import type { Problem } from './problem.ts';
import type { ScenarioMessage } from './scenario.ts';
import { readTemplate, type Template } from './template.ts';
import { pairsAt, textAt, valuePosition, type YamlSource } from './yaml-source.ts';

/** Reads `vars`; each may hold those above it, so that none can hold itself. */
export function readVars(
  source: YamlSource,
  recipients: readonly string[],
  problems: Problem[],
): ReadonlyMap<string, Template> {
  const vars = new Map<string, Template>();
  for (const { key, path, position } of pairsAt(source, ['vars'])) {
    const value = source.document.getIn(path);
    if (typeof value !== 'string') continue;
    const taken = [...fixedVariables, ...recipients].includes(key);
    if (taken)
      problems.push({
        code: 'duplicate-name',
        sentence: `\${${key}} is ${recipients.includes(key) ? 'a recipient' : 'a variable of every case'} already: give this one another name.`,
        position,
      });
    const template = readTemplate(value);
    const at = valuePosition(source, path);
    problems.push(...checkVariables(template, [...fixedVariables, ...recipients, ...vars.keys()], () => at));
    vars.set(key, template);
  }
  return vars;
}

/** Reads `messages`, each with its place. */
export function readMessages(source: YamlSource, problems: Problem[]): ReadonlyMap<string, ScenarioMessage> {
  const messages = new Map<string, ScenarioMessage>();
  for (const { key, path, position } of pairsAt(source, ['messages'])) {
    const text = textAt(source, path);
    if (text.kind === 'block') {
      // a line of a literal block ends with LF in the file and with CRLF on the wire
      messages.set(key, { text: readTemplate(text.value.replaceAll('\n', '\r\n')), position });
    } else if (text.kind === 'quoted') {
      messages.set(key, { text: readTemplate(text.value), position });
    } else {
      const sentence =
        'A message is a literal block ("name: |", lines end with CRLF on the wire) or a text in double quotes, sent exactly as it stands.';
      problems.push({ code: 'broken-text', sentence, position });
    }
  }
  return messages;
}

/** Finds the variables in messages that are not known. */
export function checkMessages(
  source: YamlSource,
  messages: ReadonlyMap<string, ScenarioMessage>,
  known: readonly string[],
  problems: Problem[],
): void {
  for (const [key, { text, position }] of messages) {
    const written = textAt(source, ['messages', key]);
    const place = (offset: number): Position => {
      const before = text.text.slice(0, offset);
      if (written.kind === 'quoted') return written.positionOf('${', before.split('${').length - 1);
      return { line: position.line + before.split('\n').length, column: position.column };
    };
    problems.push(...checkVariables(text, known, place));
  }
}
