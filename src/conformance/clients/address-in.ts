/** The address in a command's path, in lower case. */
export function addressIn(line: string): string {
  return (/<([^>]*)>/.exec(line)?.[1] ?? '').toLowerCase();
}
