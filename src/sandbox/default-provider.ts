/** The provider whose gateway a sandbox is where none is named. */
export { emailmassivoSandbox as defaultProvider } from './policy/emailmassivo/provider.ts';
