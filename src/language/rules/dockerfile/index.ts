import type { DockerfileRule } from '../define-rule.ts'
import addChecksumInvalid from './add-checksum-invalid.ts'
import addInsteadOfCopyArchive from './add-instead-of-copy-archive.ts'
import addWithoutChecksum from './add-without-checksum.ts'
import apkNoCache from './apk-no-cache.ts'
import aptGetYes from './apt-get-yes.ts'
import aptListsLeft from './apt-lists-left.ts'
import aptNoRecommends from './apt-no-recommends.ts'
import aptUpdateAlone from './apt-update-alone.ts'
import argumentMissing from './argument-missing.ts'
import badSubstitution from './bad-substitution.ts'
import brokenJson from './broken-json.ts'
import cacheMount from './cache-mount.ts'
import cdInsteadOfWorkdir from './cd-instead-of-workdir.ts'
import chmodEveryone from './chmod-everyone.ts'
import chmodInvalid from './chmod-invalid.ts'
import chownAfterCopy from './chown-after-copy.ts'
import cmdIgnored from './cmd-ignored.ts'
import commandWithoutUse from './command-without-use.ts'
import consecutiveRuns from './consecutive-runs.ts'
import consistentInstructionCasing from './consistent-instruction-casing.ts'
import copyArguments from './copy-arguments.ts'
import copyBeforeInstall from './copy-before-install.ts'
import copyDestinationFolder from './copy-destination-folder.ts'
import copyFromLaterStage from './copy-from-later-stage.ts'
import copyFromOwnStage from './copy-from-own-stage.ts'
import copyFromUnknown from './copy-from-unknown.ts'
import copyFromVariable from './copy-from-variable.ts'
import copyIgnoredFile from './copy-ignored-file.ts'
import copyInsteadOfAdd from './copy-instead-of-add.ts'
import copyRelativeWithoutWorkdir from './copy-relative-without-workdir.ts'
import copyRemoteSource from './copy-remote-source.ts'
import copyRootToRoot from './copy-root-to-root.ts'
import dnfCacheLeft from './dnf-cache-left.ts'
import dnfYes from './dnf-yes.ts'
import duplicateFlag from './duplicate-flag.ts'
import duplicateStageName from './duplicate-stage-name.ts'
import emptyFile from './empty-file.ts'
import envDebianFrontend from './env-debian-frontend.ts'
import envSelfReference from './env-self-reference.ts'
import exposeInvalidFormat from './expose-invalid-format.ts'
import exposePortRange from './expose-port-range.ts'
import exposeProtoCasing from './expose-proto-casing.ts'
import exposeProtocol from './expose-protocol.ts'
import exposeSsh from './expose-ssh.ts'
import flagTooNew from './flag-too-new.ts'
import flagValueInvalid from './flag-value-invalid.ts'
import fromArguments from './from-arguments.ts'
import fromAsCasing from './from-as-casing.ts'
import fromPlatformFlagConstDisallowed from './from-platform-flag-const-disallowed.ts'
import healthcheckInvalid from './healthcheck-invalid.ts'
import healthcheckMissing from './healthcheck-missing.ts'
import heredocAsDestination from './heredoc-as-destination.ts'
import ignoreComment from './ignore-comment.ts'
import imageReferenceInvalid from './image-reference-invalid.ts'
import imageTagLatest from './image-tag-latest.ts'
import imageWithoutTag from './image-without-tag.ts'
import instructionBeforeFrom from './instruction-before-from.ts'
import instructionSwallowed from './instruction-swallowed.ts'
import invalidBaseImagePlatform from './invalid-base-image-platform.ts'
import invalidDefaultArgInFrom from './invalid-default-arg-in-from.ts'
import invalidDefinitionDescription from './invalid-definition-description.ts'
import jsonArgsRecommended from './json-args-recommended.ts'
import jsonNotStrings from './json-not-strings.ts'
import keyValueInvalid from './key-value-invalid.ts'
import labelEmail from './label-email.ts'
import labelEmpty from './label-empty.ts'
import labelGitHash from './label-git-hash.ts'
import labelKeyInvalid from './label-key-invalid.ts'
import labelMissing from './label-missing.ts'
import labelSemver from './label-semver.ts'
import labelSpdx from './label-spdx.ts'
import labelSuperfluous from './label-superfluous.ts'
import labelTime from './label-time.ts'
import labelUrl from './label-url.ts'
import lastUserRoot from './last-user-root.ts'
import legacyKeyValueFormat from './legacy-key-value-format.ts'
import lineTooLong from './line-too-long.ts'
import maintainerDeprecated from './maintainer-deprecated.ts'
import missingFrom from './missing-from.ts'
import mountInvalid from './mount-invalid.ts'
import multipleInstructionsDisallowed from './multiple-instructions-disallowed.ts'
import noEmptyContinuation from './no-empty-continuation.ts'
import noSudo from './no-sudo.ts'
import noUpgrade from './no-upgrade.ts'
import noUser from './no-user.ts'
import npmCi from './npm-ci.ts'
import onbuildForbidden from './onbuild-forbidden.ts'
import packagePerLine from './package-per-line.ts'
import parserDirectiveInvalid from './parser-directive-invalid.ts'
import pinApkPackages from './pin-apk-packages.ts'
import pinAptPackages from './pin-apt-packages.ts'
import pinDigest from './pin-digest.ts'
import pinDnfPackages from './pin-dnf-packages.ts'
import pinGems from './pin-gems.ts'
import pinGoPackages from './pin-go-packages.ts'
import pinNpmPackages from './pin-npm-packages.ts'
import pinPipPackages from './pin-pip-packages.ts'
import pinYumPackages from './pin-yum-packages.ts'
import pinZypperPackages from './pin-zypper-packages.ts'
import pipNoCache from './pip-no-cache.ts'
import pipeToShell from './pipe-to-shell.ts'
import pipefail from './pipefail.ts'
import platformInvalid from './platform-invalid.ts'
import redundantTargetPlatform from './redundant-target-platform.ts'
import requiredVariableUnset from './required-variable-unset.ts'
import reservedStageName from './reserved-stage-name.ts'
import runFlagInvalid from './run-flag-invalid.ts'
import secretFileCopied from './secret-file-copied.ts'
import secretInGlobalArg from './secret-in-global-arg.ts'
import secretInText from './secret-in-text.ts'
import secretsUsedInArgOrEnv from './secrets-used-in-arg-or-env.ts'
import shellBackquotes from './shell-backquotes.ts'
import shellBashism from './shell-bashism.ts'
import shellCdUnchecked from './shell-cd-unchecked.ts'
import shellCommentSwallows from './shell-comment-swallows.ts'
import shellJsonForm from './shell-json-form.ts'
import shellListFiles from './shell-list-files.ts'
import shellMaskedStatus from './shell-masked-status.ts'
import shellPrintfFormat from './shell-printf-format.ts'
import shellReadBackslash from './shell-read-backslash.ts'
import shellRedirectOrder from './shell-redirect-order.ts'
import shellRelinked from './shell-relinked.ts'
import shellRemoveRoot from './shell-remove-root.ts'
import shellSyntax from './shell-syntax.ts'
import shellTestAndOr from './shell-test-and-or.ts'
import shellTestSpaces from './shell-test-spaces.ts'
import shellUnquotedCommand from './shell-unquoted-command.ts'
import shellUnquotedVariable from './shell-unquoted-variable.ts'
import shellUselessCat from './shell-useless-cat.ts'
import signalInvalid from './signal-invalid.ts'
import slimBase from './slim-base.ts'
import stageNameCasing from './stage-name-casing.ts'
import stageNameInvalid from './stage-name-invalid.ts'
import trustedRegistry from './trusted-registry.ts'
import undefinedArgInFrom from './undefined-arg-in-from.ts'
import undefinedVar from './undefined-var.ts'
import unknownFlag from './unknown-flag.ts'
import unknownInstruction from './unknown-instruction.ts'
import unterminatedHeredoc from './unterminated-heredoc.ts'
import unterminatedQuote from './unterminated-quote.ts'
import unusedGlobalArg from './unused-global-arg.ts'
import unusedStage from './unused-stage.ts'
import useAptGet from './use-apt-get.ts'
import userByName from './user-by-name.ts'
import useraddNoLogInit from './useradd-no-log-init.ts'
import volumeEmpty from './volume-empty.ts'
import wgetAndCurl from './wget-and-curl.ts'
import wgetProgress from './wget-progress.ts'
import workdirRelativePath from './workdir-relative-path.ts'
import yarnCacheLeft from './yarn-cache-left.ts'
import yumCacheLeft from './yum-cache-left.ts'
import yumYes from './yum-yes.ts'
import zypperCacheLeft from './zypper-cache-left.ts'
import zypperDistUpgrade from './zypper-dist-upgrade.ts'
import zypperNonInteractive from './zypper-non-interactive.ts'

/** Every rule about Dockerfiles, in the order of their ids; `npm run new rule <id>` adds one. */
export const dockerfileRules: readonly DockerfileRule[] = [
  addChecksumInvalid,
  addInsteadOfCopyArchive,
  addWithoutChecksum,
  apkNoCache,
  aptGetYes,
  aptListsLeft,
  aptNoRecommends,
  aptUpdateAlone,
  argumentMissing,
  badSubstitution,
  brokenJson,
  cacheMount,
  cdInsteadOfWorkdir,
  chmodEveryone,
  chmodInvalid,
  chownAfterCopy,
  cmdIgnored,
  commandWithoutUse,
  consecutiveRuns,
  consistentInstructionCasing,
  copyArguments,
  copyBeforeInstall,
  copyDestinationFolder,
  copyFromLaterStage,
  copyFromOwnStage,
  copyFromUnknown,
  copyFromVariable,
  copyIgnoredFile,
  copyInsteadOfAdd,
  copyRelativeWithoutWorkdir,
  copyRemoteSource,
  copyRootToRoot,
  dnfCacheLeft,
  dnfYes,
  duplicateFlag,
  duplicateStageName,
  emptyFile,
  envDebianFrontend,
  envSelfReference,
  exposeInvalidFormat,
  exposePortRange,
  exposeProtoCasing,
  exposeProtocol,
  exposeSsh,
  flagTooNew,
  flagValueInvalid,
  fromArguments,
  fromAsCasing,
  fromPlatformFlagConstDisallowed,
  healthcheckInvalid,
  healthcheckMissing,
  heredocAsDestination,
  ignoreComment,
  imageReferenceInvalid,
  imageTagLatest,
  imageWithoutTag,
  instructionBeforeFrom,
  instructionSwallowed,
  invalidBaseImagePlatform,
  invalidDefaultArgInFrom,
  invalidDefinitionDescription,
  jsonArgsRecommended,
  jsonNotStrings,
  keyValueInvalid,
  labelEmail,
  labelEmpty,
  labelGitHash,
  labelKeyInvalid,
  labelMissing,
  labelSemver,
  labelSpdx,
  labelSuperfluous,
  labelTime,
  labelUrl,
  lastUserRoot,
  legacyKeyValueFormat,
  lineTooLong,
  maintainerDeprecated,
  missingFrom,
  mountInvalid,
  multipleInstructionsDisallowed,
  noEmptyContinuation,
  noSudo,
  noUpgrade,
  noUser,
  npmCi,
  onbuildForbidden,
  packagePerLine,
  parserDirectiveInvalid,
  pinApkPackages,
  pinAptPackages,
  pinDigest,
  pinDnfPackages,
  pinGems,
  pinGoPackages,
  pinNpmPackages,
  pinPipPackages,
  pinYumPackages,
  pinZypperPackages,
  pipNoCache,
  pipeToShell,
  pipefail,
  platformInvalid,
  redundantTargetPlatform,
  requiredVariableUnset,
  reservedStageName,
  runFlagInvalid,
  secretFileCopied,
  secretInGlobalArg,
  secretInText,
  secretsUsedInArgOrEnv,
  shellBackquotes,
  shellBashism,
  shellCdUnchecked,
  shellCommentSwallows,
  shellJsonForm,
  shellListFiles,
  shellMaskedStatus,
  shellPrintfFormat,
  shellReadBackslash,
  shellRedirectOrder,
  shellRelinked,
  shellRemoveRoot,
  shellSyntax,
  shellTestAndOr,
  shellTestSpaces,
  shellUnquotedCommand,
  shellUnquotedVariable,
  shellUselessCat,
  signalInvalid,
  slimBase,
  stageNameCasing,
  stageNameInvalid,
  trustedRegistry,
  undefinedArgInFrom,
  undefinedVar,
  unknownFlag,
  unknownInstruction,
  unterminatedHeredoc,
  unterminatedQuote,
  unusedGlobalArg,
  unusedStage,
  useAptGet,
  userByName,
  useraddNoLogInit,
  volumeEmpty,
  wgetAndCurl,
  wgetProgress,
  workdirRelativePath,
  yarnCacheLeft,
  yumCacheLeft,
  yumYes,
  zypperCacheLeft,
  zypperDistUpgrade,
  zypperNonInteractive,
]
