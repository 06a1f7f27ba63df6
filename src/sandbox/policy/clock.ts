/** Whatever tells the time, in milliseconds since 1970 (UTC). Nothing else in the sandbox reads a clock. */
export interface Clock {
  now(): number;
}
