/** What an AUTH exchange is made of; what must come of it follows from that. */
export interface AuthPlan {
  readonly mechanism: (typeof authMechanisms)[number];
  /** Whether the first response stands behind the mechanism. */
  readonly initial: boolean;
  readonly says: (typeof authMessages)[number];
  /** What is wrong with one of the responses. */
  readonly fault: (typeof authFaults)[number];
  /** With which response it is: LOGIN has two. */
  readonly faultAt: 0 | 1;
  /** What happens before the last response, where one is asked for. */
  readonly interlude: (typeof authInterludes)[number];
}

/** Mechanisms as they are written; the last three are none that is offered. */
export const authMechanisms = ['PLAIN', 'LOGIN', 'plain', 'LoGiN', 'CRAM-MD5', 'XOAUTH2', ''] as const;

/** What the responses hold once their base64 is read. */
export const authMessages = [
  'right',
  'as itself',
  'as another',
  'a wrong password',
  'a blank behind the password',
  'a NUL behind the password',
  'two parts',
  'no NUL',
  'no login',
  'nothing',
  'no UTF-8',
  'a login in capitals',
] as const;

/** What is wrong with a response as it is written. */
export const authFaults = [
  'none',
  'cancelled',
  'a = too many',
  'a sign that is none',
  'two words',
  'a lone =',
] as const;

/** What may happen before the last response. */
export const authInterludes = ['nothing', 'maintenance on', 'block', 'new password'] as const;

/** The exchange that nobody could object to. */
export const plainAuth: AuthPlan = {
  mechanism: 'PLAIN',
  initial: true,
  says: 'right',
  fault: 'none',
  faultAt: 0,
  interlude: 'nothing',
};

/** Whose attempt it is that credentials make, and whether they are right. */
export type AuthClaim = 'right' | 'wrong' | 'nobody' | 'a name that nobody has';

/** What a message claims. */
export function claimOf({ mechanism, says }: Pick<AuthPlan, 'mechanism' | 'says'>): AuthClaim {
  switch (says) {
    case 'right':
    case 'as itself':
      return 'right';
    case 'as another':
    case 'a NUL behind the password':
      // LOGIN has no parts in which to say it
      return isLogin(mechanism) && says === 'as another' ? 'right' : 'wrong';
    case 'a wrong password':
    case 'a blank behind the password':
      return 'wrong';
    case 'two parts':
    case 'no NUL':
      return isLogin(mechanism) ? 'right' : 'nobody';
    case 'no login':
    case 'nothing':
    case 'no UTF-8':
      return 'nobody';
    case 'a login in capitals':
      return 'a name that nobody has';
  }
}

/** Whether the mechanism is LOGIN, in any case. */
export function isLogin(mechanism: AuthPlan['mechanism']): boolean {
  return mechanism.toUpperCase() === 'LOGIN';
}

/** The texts that the responses are the base64 of, with their variables. */
export function textsOf({ mechanism, says }: Pick<AuthPlan, 'mechanism' | 'says'>): readonly string[] {
  return isLogin(mechanism) ? loginTexts(says) : [plainTexts[says]];
}

/** Octets that no text holds, ready in base64: NUL jörg NUL grüße in Latin-1, and jörg alone. */
export const notUtf8 = { PLAIN: 'AGr2cmcAZ3L832U=', LOGIN: 'avZyZw==' } as const;

const plainTexts: Readonly<Record<AuthPlan['says'], string>> = {
  right: '\0${login}\0${password}',
  'as itself': '${login}\0${login}\0${password}',
  'as another': 'somebody\0${login}\0${password}',
  'a wrong password': '\0${login}\0not ${password}',
  'a blank behind the password': '\0${login}\0${password} ',
  'a NUL behind the password': '\0${login}\0${password}\0',
  'two parts': '${login}\0${password}',
  'no NUL': '${login}',
  'no login': '\0\0${password}',
  nothing: '',
  'no UTF-8': '',
  'a login in capitals': '\0${login|upper}\0${password}',
};

function loginTexts(says: AuthPlan['says']): readonly string[] {
  switch (says) {
    case 'a wrong password':
      return ['${login}', 'not ${password}'];
    case 'a blank behind the password':
      return ['${login}', '${password} '];
    case 'a NUL behind the password':
      return ['${login}', '${password}\0'];
    case 'a login in capitals':
      return ['${login|upper}', '${password}'];
    case 'no login':
    case 'nothing':
    case 'no UTF-8':
      return ['', '${password}'];
    case 'right':
    case 'as itself':
    case 'as another':
    case 'two parts':
    case 'no NUL':
      return ['${login}', '${password}'];
  }
}
