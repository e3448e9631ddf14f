import type { TextEdit } from '../../shared/text-range.ts'
import type { Diagnostic } from '../answers.ts'
import type { Host } from '../host.ts'
import type { Context } from '../provider.ts'
import {
  defaultHadolintConfig,
  hadolintConfigNames,
  parseHadolintConfig,
  type HadolintConfig,
} from '../rules/hadolint-config.ts'
import { fixAll, lint, type LintSettings } from '../rules/lint.ts'
import { rulesFor } from '../settings.ts'
import { folderOf } from '../uri.ts'
import { ignoreMatcherOf } from './build-context.ts'
import type { DockerfileDoc } from './model.ts'

/** What the rules find, with the configuration and the ignore file that count for the Dockerfile. */
export async function findings(
  doc: DockerfileDoc,
  uri: string,
  context: Context,
): Promise<readonly Diagnostic[]> {
  if (!context.settings.lint.enabled) return []
  const { settings, hadolint } = await lintInputs(uri, context)
  return context.signal.aborted ? [] : lint(doc, settings, hadolint)
}

/** All safe fixes as one edit. */
export async function fixAllEdits(
  doc: DockerfileDoc,
  uri: string,
  context: Context,
): Promise<readonly TextEdit[]> {
  if (!context.settings.lint.enabled) return []
  const { settings, hadolint } = await lintInputs(uri, context)
  return fixAll(doc, settings, hadolint)
}

async function lintInputs(
  uri: string,
  { host, settings, signal }: Context,
): Promise<{ settings: LintSettings; hadolint: HadolintConfig }> {
  const [ignoreFile, hadolint] = await Promise.all([
    ignoreMatcherOf(uri, host, signal),
    settings.lint.hadolintConfig ? hadolintConfigOf(uri, host, signal) : defaultHadolintConfig,
  ])
  return {
    settings: {
      rules: rulesFor(settings, uri),
      trustedRegistries: settings.lint.trustedRegistries,
      ...(ignoreFile && { ignoreFile }),
    },
    hadolint,
  }
}

/** Folders above the Dockerfile are looked into, this many. */
const mostFolders = 10

async function hadolintConfigOf(uri: string, host: Host, signal: AbortSignal): Promise<HadolintConfig> {
  let folder = folderOf(uri)
  for (let depth = 0; depth < mostFolders; depth++) {
    for (const name of hadolintConfigNames) {
      const text = await host.readFile(`${folder}/${name}`, signal)
      if (text !== undefined) return parseHadolintConfig(text)
    }
    const above = folderOf(folder)
    if (above === folder || !above.includes('/', above.indexOf('://') + 3)) break
    folder = above
  }
  return defaultHadolintConfig
}
