import { rfcAccessRules } from './rules-access.ts';
import { rfcSessionRules } from './rules-session.ts';

/** The rules of the standards, for any contract to take up under their ids. */
export const rfcRules = { ...rfcAccessRules, ...rfcSessionRules } as const;
