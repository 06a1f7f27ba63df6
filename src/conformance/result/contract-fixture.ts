import { emailmassivo } from '../../contract/emailmassivo/emailmassivo.ts';
import { recordContract } from './recorded-contract.ts';

/** A recorded contract for tests of what is made from records. */
export const contract = recordContract(emailmassivo);
