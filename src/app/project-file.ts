import { access, readFile } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { suggest } from '../conformance/scenario/suggest.ts';
import type { Choices } from '../sandbox/policy/choices.ts';
import { choicesSchema } from './choices-setting.ts';
import { UsageError } from './usage-error.ts';

/** A mode, of whichever provider; YAML reads those that are a port alone as numbers. */
const mode = z.union([z.string().min(1), z.int().transform(String)]);

const projectSchema = z.strictObject({
  /** Files, folders or case ids that `run` and `lint` take where none is named. */
  paths: z.array(z.string().min(1)).min(1).optional(),
  /** The provider whose promise is meant, by its name. */
  provider: z.string().min(1).optional(),
  /** The file that describes the gateway under test, seen from this file. */
  target: z.string().min(1).optional(),
  modes: z.array(mode).min(1).optional(),
  /** `KIND=PATH`, as `--report` takes them. */
  reports: z.array(z.string().min(1)).optional(),
  /** Choices of our gateway that are made differently. */
  choices: choicesSchema.partial().optional(),
});

/** The settings of a project: what `gauntlet.config.ts` exports, or `gauntlet.config.yaml` holds. */
export type GauntletConfig = z.input<typeof projectSchema>;

/** The settings as they were read; nothing where there is no such file. */
export interface ProjectFile {
  /** Its path, as it was named or found. */
  readonly file: string | undefined;
  readonly settings: Omit<z.output<typeof projectSchema>, 'choices'> & {
    readonly choices?: Partial<Choices>;
  };
}

/** The names that are looked for, the first that is there counts. */
export const projectFileNames = ['ts', 'mts', 'js', 'mjs', 'yaml', 'yml'].map(
  (ending) => `gauntlet.config.${ending}`,
);

/** Says what a configuration is, so that an editor knows its keys; gives it back as it is. */
export function defineConfig(config: GauntletConfig): GauntletConfig {
  return config;
}

/**
 * Reads the settings of the project: the file that was named, or a `gauntlet.config.*` in the working directory. Throws
 * {@link UsageError} that says what is wrong in it and where.
 */
export async function readProjectFile(named: string | undefined, folder = '.'): Promise<ProjectFile> {
  const file = named ?? (await findProjectFile(folder));
  if (file === undefined) return { file, settings: {} };
  const value = /^\.ya?ml$/.test(extname(file)) ? await readYaml(file) : await importDefault(file);
  const parsed = projectSchema.safeParse(value ?? {});
  if (!parsed.success) throw new UsageError(parsed.error.issues.map((one) => describe(file, one)).join('\n'));
  const { target, choices, ...settings } = parsed.data;
  // the schema leaves out what is absent, which its type does not say
  const chosen: object | undefined = choices;
  return {
    file,
    settings: {
      ...settings,
      ...(target === undefined ? {} : { target: join(dirname(file), target) }),
      ...(chosen === undefined ? {} : { choices: chosen }),
    },
  };
}

async function findProjectFile(folder: string): Promise<string | undefined> {
  for (const name of projectFileNames) {
    const file = join(folder, name);
    const isThere = await access(file).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return undefined;
}

async function readYaml(file: string): Promise<unknown> {
  // a folder without such a file needs no YAML
  const { parse, YAMLParseError } = await import('yaml');
  try {
    const value: unknown = parse(await readFile(file, 'utf8'));
    return value;
  } catch (fault) {
    if (fault instanceof YAMLParseError) {
      const [at] = fault.linePos ?? [{ line: 1, col: 1 }];
      throw new UsageError(`${file}:${at.line}:${at.col}: This is not YAML: ${fault.code}.`);
    }
    throw new UsageError(`${file} cannot be read: ${messageOf(fault)}.`);
  }
}

async function importDefault(file: string): Promise<unknown> {
  let loaded: { readonly default?: unknown };
  try {
    loaded = await import(pathToFileURL(resolve(file)).href);
  } catch (fault) {
    throw new UsageError(`${file} cannot be loaded: ${messageOf(fault)}.`);
  }
  if (typeof loaded.default === 'object' && loaded.default !== null) return loaded.default;
  throw new UsageError(`${file} exports no settings: write \`export default { paths: ['scenarios'] };\`.`);
}

function describe(file: string, issue: z.core.$ZodIssue): string {
  const where = issue.path.map(String).join('.');
  if (issue.code !== 'unrecognized_keys') return `${file}: ${where || 'the settings'}: ${issue.message}.`;
  const [key = ''] = issue.keys;
  const known = Object.keys(where === 'choices' ? choicesSchema.shape : projectSchema.shape);
  const list = where === 'choices' ? '' : ` The settings are ${known.join(', ')}.`;
  return `${file}: ${where === '' ? '' : `${where}: `}there is no setting "${key}".${suggest(key, known)}${list}`;
}

function messageOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
