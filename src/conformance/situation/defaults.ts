/** When a case's clock starts unless it says otherwise. */
export const defaultClock = '2026-01-15T12:00:00.000Z';

/** Sends that an account has unless the case says otherwise. */
export const defaultBalance = 100;
