/** A word as a shell takes it; what no shell would touch stands as it is. */
export function quoteForShell(word: string): string {
  return /^[\p{L}\p{N}./_#@+=:,-]+$/u.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
