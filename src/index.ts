/**
 * What the package exports: a sandbox in a test, a mailbox, the control API's client, and the runner.
 */
export { createSandbox, type Sandbox, type SandboxConfiguration } from './sandbox/sandbox.ts';
export { amazonSesSandbox, amazonSesSandboxIn } from './sandbox/policy/amazon-ses/provider.ts';
export { emailmassivoSandbox } from './sandbox/policy/emailmassivo/provider.ts';
export type { SandboxProvider } from './sandbox/policy/provider.ts';
export { openMailbox, type MailboxChoice, type MailboxHost } from './mailbox/mailbox.ts';
export { openMailboxClient, type MailboxClient } from './mailbox/client.ts';
export { bodyOf, ControlApiError, openControlClient, type ControlClient } from './control-api/client.ts';
export type { CaseDefinition, ScenarioDefinition } from './conformance/scenario/build-scenario.ts';
export { scenario } from './testing/scenario.ts';
export type { Contract } from './contract/contract.ts';
export { defineContract } from './contract/define-contract.ts';
export { amazonSes } from './contract/amazon-ses/amazon-ses.ts';
export { emailmassivo } from './contract/emailmassivo/emailmassivo.ts';
export { loadScenarios } from './conformance/scenario/load-scenarios.ts';
export { openGauntletTarget } from './conformance/target/gauntlet-target.ts';
export {
  explore,
  type Counterexample,
  type Exploration,
  type ExploreOptions,
} from './conformance/property/explore.ts';
export {
  fuzzWire,
  type FuzzOptions,
  type Fuzzing,
  type Violation,
} from './conformance/property/fuzz-wire.ts';
export { emailmassivoModel } from './conformance/property/emailmassivo/model.ts';
export type { GeneratedPlan, SessionModel } from './conformance/property/session-model.ts';
export { runSuite, type RunOptions, type RunSummary } from './conformance/runner/runner.ts';
export { DataFolderError } from './sandbox/data-folder.ts';
export { checkClient, ClientCheckError, type ClientCheck } from './conformance/clients/check-client.ts';
export type { Card } from './conformance/clients/card/card.ts';
export type { Order } from './conformance/clients/order.ts';
export type { Answer, SendFunction } from './conformance/clients/launchers/function-launcher.ts';
export {
  openTestGateway,
  type TestAccount,
  type TestGateway,
  type TestGatewayOptions,
} from './testing/test-gateway.ts';
export { defineConfig, type GauntletConfig } from './app/project-file.ts';
