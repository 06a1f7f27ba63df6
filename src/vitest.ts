/**
 * Mail in Vitest: scenario files as tests, and for the tests of whoever sends mail a gateway, an account and matchers.
 */
import { afterAll, beforeAll, describe, expect, test as plainTest } from 'vitest';
import {
  loadScenarioTests,
  openScenarioStage,
  type ScenariosOptions,
  type ScenarioStage,
} from './testing/scenario-tests.ts';
import { openTestGateway, type MailTo, type TestAccount, type TestGateway } from './testing/test-gateway.ts';

export type { ScenariosOptions } from './testing/scenario-tests.ts';
export type { MailTo, TestAccount, TestGateway, TransportOptions } from './testing/test-gateway.ts';

/**
 * Makes tests of scenario files: one a case and mode, under the file's title. To be awaited at the top of a test file:
 * `await scenarios({ paths: ['scenarios'] })`.
 */
export async function scenarios(options: ScenariosOptions = {}): Promise<void> {
  const tests = await loadScenarioTests(options);
  describe('scenarios', () => {
    let stage: ScenarioStage | undefined;
    beforeAll(async () => {
      stage = await openScenarioStage(options);
    });
    afterAll(() => stage?.[Symbol.asyncDispose]());
    for (const [title, own] of Map.groupBy(tests, (one) => one.title)) {
      describe(title, () => {
        for (const { caseTitle, mode, play } of own) {
          plainTest(caseTitle === undefined ? mode : `${caseTitle} @${mode}`, async (context) => {
            if (stage === undefined) throw new Error('The gateway is not up.');
            const played = await play(stage);
            if (played.kind === 'skipped') context.skip(played.why);
          });
        }
      });
    }
  });
}

/** What a test with a gateway is given. */
export interface MailFixtures {
  /** One gateway for all tests of a file. */
  readonly gateway: TestGateway;
  /** A new account with a verified domain and 100 sends. */
  readonly account: TestAccount;
}

/** Vitest's `test` with a gateway, and for each test an account of its own. */
export const test = plainTest
  .extend('gateway', { scope: 'file' }, async ({}, { onCleanup }): Promise<TestGateway> => {
    const gateway = await openTestGateway();
    onCleanup(() => gateway[Symbol.asyncDispose]());
    return gateway;
  })
  .extend('account', ({ gateway }): Promise<TestAccount> => gateway.newAccount());

/** How many emails, and what they must have. */
export interface WantedDelivery {
  /** Once unless said. */
  readonly times?: number;
  readonly subject?: string;
}

expect.extend({
  async toHaveBeenDelivered(mail: MailTo, { times = 1, subject }: WantedDelivery = {}) {
    const emails = await mail.account.emailsTo(mail.address);
    const found = emails.filter((email) => subject === undefined || email.subject === subject);
    const named = subject === undefined ? 'mail' : `mail with the subject "${subject}"`;
    const there = emails.map((email) => `"${email.subject}"`).join(', ') || 'none';
    return {
      pass: found.length === times,
      message: () =>
        `${named} to ${mail.address} ${this.isNot ? 'must not be' : 'must be'} delivered ${times} × ` +
        `and was ${found.length} ×; subjects there: ${there}`,
      actual: found.length,
      expected: times,
    };
  },
  async toHaveCost(account: TestAccount, sends: number) {
    const charged = await account.charged();
    return {
      pass: charged === sends,
      message: () => `${sends} sends ${this.isNot ? 'must not be' : 'must be'} charged, and ${charged} were`,
      actual: charged,
      expected: sends,
    };
  },
});

declare module 'vitest' {
  // the very parameters of Vitest's own declaration, with which this one merges
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /** The mail to an address has been delivered: `await expect(account.mailTo(address)).toHaveBeenDelivered()`. */
    toHaveBeenDelivered(wanted?: WantedDelivery): Promise<void>;
    /** The account was charged so many sends in all: `await expect(account).toHaveCost(3)`. */
    toHaveCost(sends: number): Promise<void>;
  }
}
