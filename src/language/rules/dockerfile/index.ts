import type { DockerfileRule } from '../define-rule.ts'
import consistentInstructionCasing from './consistent-instruction-casing.ts'
import copyIgnoredFile from './copy-ignored-file.ts'
import duplicateStageName from './duplicate-stage-name.ts'
import exposeInvalidFormat from './expose-invalid-format.ts'
import exposeProtoCasing from './expose-proto-casing.ts'
import fromAsCasing from './from-as-casing.ts'
import fromPlatformFlagConstDisallowed from './from-platform-flag-const-disallowed.ts'
import invalidBaseImagePlatform from './invalid-base-image-platform.ts'
import invalidDefaultArgInFrom from './invalid-default-arg-in-from.ts'
import invalidDefinitionDescription from './invalid-definition-description.ts'
import jsonArgsRecommended from './json-args-recommended.ts'
import legacyKeyValueFormat from './legacy-key-value-format.ts'
import maintainerDeprecated from './maintainer-deprecated.ts'
import multipleInstructionsDisallowed from './multiple-instructions-disallowed.ts'
import noEmptyContinuation from './no-empty-continuation.ts'
import redundantTargetPlatform from './redundant-target-platform.ts'
import reservedStageName from './reserved-stage-name.ts'
import secretsUsedInArgOrEnv from './secrets-used-in-arg-or-env.ts'
import stageNameCasing from './stage-name-casing.ts'
import undefinedArgInFrom from './undefined-arg-in-from.ts'
import undefinedVar from './undefined-var.ts'
import workdirRelativePath from './workdir-relative-path.ts'

/** Every rule about Dockerfiles, in the order of their ids; `npm run new rule <id>` adds one. */
export const dockerfileRules: readonly DockerfileRule[] = [
  consistentInstructionCasing,
  copyIgnoredFile,
  duplicateStageName,
  exposeInvalidFormat,
  exposeProtoCasing,
  fromAsCasing,
  fromPlatformFlagConstDisallowed,
  invalidBaseImagePlatform,
  invalidDefaultArgInFrom,
  invalidDefinitionDescription,
  jsonArgsRecommended,
  legacyKeyValueFormat,
  maintainerDeprecated,
  multipleInstructionsDisallowed,
  noEmptyContinuation,
  redundantTargetPlatform,
  reservedStageName,
  secretsUsedInArgOrEnv,
  stageNameCasing,
  undefinedArgInFrom,
  undefinedVar,
  workdirRelativePath,
]
