import { ruleIds } from '../../src/contract/emailmassivo/transition.ts';
import type { PropertyName } from '../../src/conformance/property/emailmassivo/properties.ts';
import { fieldsNamed, headerFields } from '../../src/smtp/message.ts';
import { refuse } from '../../src/sandbox/policy/emailmassivo/refuse.ts';
import { policyMutant, storeMutant, wireMutant, type Mutant } from '../mutant.ts';

/**
 * Gateways whose fault comes to bear in courses that no scenario takes: generated sessions alone must find them, so they
 * are not among those that the scripted suite is shown.
 */
export const sessionMutants: readonly (readonly [property: PropertyName, mutant: Mutant])[] = [
  ['protocol', reversePathBeyondAscii()],
  ['login', loginTrimsThePassword()],
  ['messages', subjectOfTheLastField()],
  ['world', blockTakesTheNeighbour()],
  ['protocol', crForgottenBetweenSegments()],
  ['sessions', capitalsInsideTls()],
];

function reversePathBeyondAscii(): Mutant {
  return policyMutant(
    {
      id: 'mail-beyond-ascii-without-smtputf8',
      rule: 'protocol.eightbit.ascii',
      wrong: 'takes a reverse-path beyond ASCII without SMTPUTF8',
      alsoTouches: [],
    },
    (own, hit) => ({
      mail: (facts) => {
        const { argument } = facts;
        if (argument.kind === 'unreadable' || argument.mail.parameters.has('SMTPUTF8'))
          return own.mail(facts);
        const parameters = new Map([...argument.mail.parameters, ['SMTPUTF8', undefined] as const]);
        const decision = own.mail({
          ...facts,
          argument: { ...argument, mail: { ...argument.mail, parameters } },
        });
        if (decision.kind === 'accept' && own.mail(facts).kind !== 'accept') hit();
        return decision;
      },
    }),
  );
}

function loginTrimsThePassword(): Mutant {
  return wireMutant(
    {
      id: 'auth-login-trims-the-password',
      rule: 'error.535',
      wrong: 'takes blanks off the end of the password that AUTH LOGIN brings',
      alsoTouches: [],
    },
    (hit) => () => {
      let isAsked = false;
      return {
        sent: (text) => {
          isAsked = text.startsWith('334 UGFzc3dvcmQ6');
          return text;
        },
        received: (text) => {
          if (!isAsked || !/^[A-Za-z0-9+/]+=*\r\n$/.test(text)) return text;
          const password = Buffer.from(text, 'base64').toString();
          if (password.trimEnd() !== password) hit();
          return `${Buffer.from(password.trimEnd()).toString('base64')}\r\n`;
        },
      };
    },
  );
}

function subjectOfTheLastField(): Mutant {
  return storeMutant(
    {
      id: 'history-shows-the-last-subject',
      rule: 'history.rows',
      wrong: 'shows the last of two Subject fields in its history',
      alsoTouches: [],
    },
    (own, hit) => ({
      commit: (submission) => {
        const subjects = fieldsNamed(headerFields(submission.message), 'Subject');
        const last = subjects.at(-1)?.value;
        if (subjects.length < 2 || last === undefined) return own.commit(submission);
        hit();
        return own.commit({ ...submission, subject: last });
      },
    }),
  );
}

function blockTakesTheNeighbour(): Mutant {
  return storeMutant(
    {
      id: 'block-takes-the-neighbour',
      rule: 'connection.status',
      wrong: 'blocks with a connection the one that was made before it',
      alsoTouches: ['error.421-unavailable', 'error.535', 'auth.login-password'],
    },
    (own, hit) => {
      const before = new Map<string, string>();
      return {
        createAccount: async (account) => {
          const [first, second] = account.connections;
          if (first !== undefined && second !== undefined) before.set(second.id, first.id);
          await own.createAccount(account);
        },
        setBlocked: async (connection, blocked) => {
          const other = before.get(connection);
          await own.setBlocked(connection, blocked);
          if (other === undefined || !blocked) return;
          hit();
          await own.setBlocked(other, blocked);
        },
      };
    },
  );
}

function crForgottenBetweenSegments(): Mutant {
  return wireMutant(
    {
      id: 'cr-doubled-between-segments',
      rule: 'protocol.line-ends',
      wrong: 'doubles a CR whose LF comes with the next segment',
      // whatever is said so is answered wrongly
      alsoTouches: ruleIds,
    },
    (hit) => () => {
      let endedInCr = false;
      return {
        received: (text) => {
          const isCut = endedInCr && text.startsWith('\n');
          endedInCr = text.endsWith('\r');
          if (isCut) hit();
          return isCut ? `\r${text}` : text;
        },
      };
    },
  );
}

/** A pair of dimensions: either alone is right. */
function capitalsInsideTls(): Mutant {
  return policyMutant(
    {
      id: 'rcpt-in-capitals-inside-tls',
      rule: 'protocol.paths',
      wrong: 'takes a recipient in capitals for one that is suppressed, inside TLS alone',
      alsoTouches: ['error.550-unsubscribed'],
    },
    (own, hit) => ({
      rcpt: (facts) => {
        const { argument, session } = facts;
        const decision = own.rcpt(facts);
        if (argument.kind === 'unreadable' || decision.kind !== 'accept' || !session.tls) return decision;
        const { localPart } = argument.rcpt.forwardPath;
        if (localPart !== localPart.toUpperCase()) return decision;
        hit();
        return refuse('error.550-unsubscribed');
      },
    }),
  );
}
