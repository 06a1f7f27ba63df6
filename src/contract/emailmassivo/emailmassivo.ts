import { defineContract } from '../define-contract.ts';
import { dimensions } from './dimensions.ts';
import { documentedPage } from './documented-page.ts';
import { documentedReplies } from './documented-replies.ts';
import { modes } from './modes.ts';
import { rules } from './rules.ts';
import { declaredLimits, rulesOfSuite } from './rules-of-suite.ts';
import { rulesOfWords } from './rules-of-words.ts';
import { rulesOfThen } from './rules-of-then.ts';
import { gatewayName } from './vocabulary.ts';
import { words } from './words.ts';

/** The promise of the first provider: its documented page, and what this project declares where the page is silent. */
export const emailmassivo = defineContract({
  id: 'emailmassivo',
  version: '1',
  gatewayName,
  rules,
  documentedReplies,
  modes,
  rulesOfThen,
  rulesOfSuite,
  rulesOfWords,
  dimensions,
  declaredLimits,
  documentedPage,
  words,
  // the page's example of the format lacks the 4.4.5 of its own list
  notReplies: { 'reply.example': '421 Server is temporarily unavailable' },
});
