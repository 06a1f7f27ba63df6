import { defineContract } from '../define-contract.ts';
import { documentedPage } from './documented-page.ts';
import { documentedReplies } from './documented-replies.ts';
import { dimensions } from './dimensions.ts';
import { modes } from './modes.ts';
import { rules } from './rules.ts';
import { declaredLimits, rulesOfSuite } from './rules-of-suite.ts';
import { rulesOfThen } from './rules-of-then.ts';
import { rulesOfWords } from './rules-of-words.ts';
import { words } from './words.ts';

/** The region in which the gateway stands unless another is named. */
export const DEFAULT_REGION = 'us-east-1';

/** The promise of the Amazon SES SMTP interface in its default region, and what this project declares where the guide is silent. */
export const amazonSes = defineContract({
  id: 'amazon-ses',
  version: '1',
  gatewayName: gatewayNameIn(DEFAULT_REGION),
  rules,
  documentedReplies,
  modes,
  rulesOfThen,
  rulesOfSuite,
  rulesOfWords,
  dimensions,
  declaredLimits,
  documentedPage,
  notReplies: {},
  words,
});

/** The host name of the gateway of a region. */
export function gatewayNameIn(region: string): string {
  return `email-smtp.${region}.amazonaws.com`;
}
