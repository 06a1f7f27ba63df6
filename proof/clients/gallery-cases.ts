import { emailmassivo } from '../../src/contract/emailmassivo/emailmassivo.ts';
import { clientCasesOf } from '../../src/conformance/clients/cases/all-cases.ts';

/** The cases that the clients of the gallery play: those of the first provider. */
export const clientCases = clientCasesOf(emailmassivo);
