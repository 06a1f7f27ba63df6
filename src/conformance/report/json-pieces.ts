/**
 * The JSON of an object, in pieces of which none is larger than an element of one of its arrays: the whole of a long run
 * may be longer than a string can be. The pieces together are what `JSON.stringify` gives, with so many blanks of
 * indentation.
 */
export function* jsonPieces(data: Readonly<Record<string, unknown>>, indent = 0): Generator<string> {
  const line = indent === 0 ? '' : `\n${' '.repeat(indent)}`;
  const colon = indent === 0 ? ':' : ': ';
  const entries = Object.entries(data).filter(([, value]) => value !== undefined);
  yield '{';
  for (const [at, [key, value]] of entries.entries()) {
    yield `${at === 0 ? '' : ','}${line}${JSON.stringify(key)}${colon}`;
    if (Array.isArray(value)) yield* arrayPieces(value, indent);
    else yield nested(value, indent, 1);
  }
  yield entries.length === 0 || indent === 0 ? '}' : '\n}';
}

function* arrayPieces(values: readonly unknown[], indent: number): Generator<string> {
  const line = indent === 0 ? '' : `\n${' '.repeat(2 * indent)}`;
  yield '[';
  for (const [at, value] of values.entries())
    yield `${at === 0 ? '' : ','}${line}${nested(value, indent, 2)}`;
  yield values.length === 0 || indent === 0 ? ']' : `\n${' '.repeat(indent)}]`;
}

function nested(value: unknown, indent: number, depth: number): string {
  // JSON has null for what an array holds and cannot write
  const json = JSON.stringify(value ?? null, undefined, indent);
  return indent === 0 ? json : json.replaceAll('\n', `\n${' '.repeat(indent * depth)}`);
}
