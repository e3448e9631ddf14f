import type { TextEdit } from '../../shared/text-range.ts'
import type { Diagnostic } from '../answers.ts'
import type { Host, ShellCheckRequest } from '../host.ts'
import type { Context } from '../provider.ts'
import { defaultHadolintConfig, hadolintConfigNames, type HadolintConfig } from '../rules/hadolint-config.ts'
import { contextOf } from '../rules/facts/context.ts'
import { fixAll, fixEdits, inOrder, lintSteps, type LintSettings } from '../rules/lint.ts'
import { pragmasOf } from '../rules/pragmas.ts'
import type { Finding } from '../rules/rule.ts'
import { hasShellCheckAnswers, keepShellCheckAnswer, shellCheckAnswer } from '../rules/shellcheck-answers.ts'
import { shellCheckQuestions, type ShellCheckQuestion } from '../rules/shellcheck-questions.ts'
import { isShellCheckCode, shellCheckFindings, withoutShellRules } from '../rules/shellcheck.ts'
import { rulesFor } from '../settings.ts'
import { folderOf } from '../uri.ts'
import { baseImage } from '../rules/facts/stages.ts'
import { ignoreMatcherOf } from './build-context.ts'
import { findImage } from './hover-image.ts'
import type { DockerfileDoc, Instruction } from './model.ts'

/** What the rules find, with the configuration and the ignore file that count for the Dockerfile. */
export async function findings(
  doc: DockerfileDoc,
  uri: string,
  context: Context,
): Promise<readonly Diagnostic[]> {
  if (!context.settings.lint.enabled) return []
  const { settings, hadolint } = await lintInputs(doc, uri, context)
  const found = await inSlices(lintSteps(doc, settings, hadolint), context.signal)
  if (found === undefined) return []
  if (!context.settings.lint.shellCheck || !hasShellCheckAnswers()) return found
  // What is typed elsewhere in the file does not take away for a moment what ShellCheck says.
  return withShellCheck(doc, found, questionsOf(doc), known, settings, hadolint)
}

/** All safe fixes as one edit. */
export async function fixAllEdits(
  doc: DockerfileDoc,
  uri: string,
  context: Context,
): Promise<readonly TextEdit[]> {
  if (!context.settings.lint.enabled) return []
  const { settings, hadolint } = await lintInputs(doc, uri, context)
  if (doc.text.length < longText) return fixAll(doc, settings, hadolint)
  return fixEdits((await inSlices(lintSteps(doc, settings, hadolint), context.signal)) ?? [])
}

/** From here on, in UTF-16 units, fixes are made once and not until there is nothing more to fix. */
const longText = 300_000
/** The longest that other requests wait for the rules. */
const sliceMs = 30

/** The result of steps, between which other requests have their turn; undefined when it is no longer wanted. */
async function inSlices<T>(steps: Generator<undefined, T>, signal: AbortSignal): Promise<T | undefined> {
  let started = Date.now()
  for (;;) {
    if (signal.aborted) return undefined
    const step = steps.next()
    if (step.done === true) return step.value
    if (Date.now() - started < sliceMs) continue
    await new Promise((resolve) => setTimeout(resolve, 0))
    started = Date.now()
  }
}

/** Scripts that are given to ShellCheck for one file, and at a time. */
const mostScripts = 200
const atOnce = 4
/** A program is not started for each key that is pressed. */
const quietMs = 200

/** Asked first, so that nothing is prepared for a ShellCheck that is not there; the answer is remembered for a while. */
const probe: ShellCheckRequest = { script: '', shell: 'sh', exclude: [] }

const questionsOf = (doc: DockerfileDoc): readonly ShellCheckQuestion[] =>
  shellCheckQuestions(doc, contextOf(doc).runs, mostScripts)

/** The findings with ShellCheck's about the RUN instructions, in place of our own about shell code; undefined when it cannot be asked. */
export async function moreFindings(
  doc: DockerfileDoc,
  uri: string,
  found: readonly Diagnostic[],
  context: Context,
): Promise<readonly Diagnostic[] | undefined> {
  const { settings, host, signal } = context
  if (!settings.lint.enabled || !settings.lint.shellCheck) return undefined
  if ((await host.shellCheck(probe, signal)) === undefined) return undefined
  await new Promise((resolve) => setTimeout(resolve, quietMs))
  if (signal.aborted) return undefined
  const questions = questionsOf(doc)
  const waiting = [...questions]
  const answers = new Map<ShellCheckQuestion, string>()
  const work = async (): Promise<void> => {
    for (let question = waiting.shift(); question && !signal.aborted; question = waiting.shift()) {
      const output = await host.shellCheck(question.request, signal)
      // Without an answer to one there is none to the others.
      if (output === undefined) return
      keepShellCheckAnswer(question.request, output)
      answers.set(question, output)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  if (answers.size === 0 || signal.aborted) return undefined
  const { settings: lintSettings, hadolint } = await lintInputs(doc, uri, context)
  const own = found.filter(({ rule }) => !isShellCheckCode(rule))
  const answerTo = (question: ShellCheckQuestion): string | undefined =>
    answers.get(question) ?? known(question)
  return withShellCheck(doc, own, questions, answerTo, lintSettings, hadolint)
}

const known = ({ request }: ShellCheckQuestion): string | undefined => shellCheckAnswer(request)

/** The findings with all that ShellCheck has said by now. */
function withShellCheck(
  doc: DockerfileDoc,
  found: readonly Finding[],
  questions: readonly ShellCheckQuestion[],
  answerTo: (question: ShellCheckQuestion) => string | undefined,
  { rules }: LintSettings,
  hadolint: HadolintConfig,
): readonly Diagnostic[] {
  const pragmas = pragmasOf(doc, !hadolint.disableIgnorePragma)
  const checked: Instruction[] = []
  const more: Diagnostic[] = []
  for (const question of questions) {
    const output = answerTo(question)
    if (output === undefined) continue
    checked.push(question.run.instruction)
    more.push(...shellCheckFindings(question, output, rules, pragmas, hadolint))
  }
  return checked.length === 0 ? found : inOrder([...withoutShellRules(found, checked), ...more])
}

async function lintInputs(
  doc: DockerfileDoc,
  uri: string,
  { host, settings, signal }: Context,
): Promise<{ settings: LintSettings; hadolint: HadolintConfig }> {
  const [ignoreFile, images, hadolint] = await Promise.all([
    ignoreMatcherOf(doc, uri, host, signal),
    imagePlatforms(doc, host, signal),
    settings.lint.hadolintConfig ? hadolintConfigOf(uri, host, signal) : defaultHadolintConfig,
  ])
  return {
    settings: {
      rules: rulesFor(settings, uri),
      trustedRegistries: settings.lint.trustedRegistries,
      ...(ignoreFile && { ignoreFile }),
      images,
    },
    hadolint,
  }
}

/** Images that are asked about, of one file. */
const mostImages = 20

/** The platforms of the base images on the engine by the names that FROM gives them, where it asks for a platform. */
async function imagePlatforms(
  doc: DockerfileDoc,
  host: Host,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const names = new Set(
    doc.stages.flatMap((stage) =>
      stage.platform === undefined || stage.baseStage !== undefined ? [] : [baseImage(doc, stage)],
    ),
  )
  const known = new Map<string, string>()
  if (names.size === 0) return known
  const images = await host.images(signal)
  await Promise.all(
    [...names].slice(0, mostImages).map(async (name) => {
      const image = findImage(images, name)
      const platform = image && (await host.imagePlatform(image.id, signal))
      if (platform !== undefined) known.set(name, platform)
    }),
  )
  return known
}

/** Folders above the Dockerfile are looked into, this many. */
const mostFolders = 10

/** That of the nearest folder. All are asked for at once: the client answers each by way of two processes. */
async function hadolintConfigOf(uri: string, host: Host, signal: AbortSignal): Promise<HadolintConfig> {
  const files: string[] = []
  let folder = folderOf(uri)
  for (let depth = 0; depth < mostFolders; depth++) {
    files.push(...hadolintConfigNames.map((name) => `${folder}/${name}`))
    const above = folderOf(folder)
    if (above === folder || !above.includes('/', above.indexOf('://') + 3)) break
    folder = above
  }
  const texts = await Promise.all(files.map((file) => host.readFile(file, signal)))
  const text = texts.find((each) => each !== undefined)
  if (text === undefined) return defaultHadolintConfig
  // YAML is read where there is some.
  const { parseHadolintConfig } = await import('../rules/hadolint-config-file.ts')
  return parseHadolintConfig(text)
}
