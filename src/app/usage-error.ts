/** Input that cannot be used: what was wrong and what to do, in a sentence. Ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
