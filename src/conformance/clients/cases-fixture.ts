import { emailmassivo } from '../../contract/emailmassivo/emailmassivo.ts';
import { clientCasesOf } from './cases/all-cases.ts';

/** The cases of the first provider. */
export const clientCases = clientCasesOf(emailmassivo);
