import type { ComposeRule } from './define-rule.ts'
import booleanWord from './boolean-word.ts'
import buildArgUndeclared from './build-arg-undeclared.ts'
import buildFileMissing from './build-file-missing.ts'
import buildTargetUnknown from './build-target-unknown.ts'
import dockerSocket from './docker-socket.ts'
import duplicatePublishedPort from './duplicate-published-port.ts'
import duplicateVariable from './duplicate-variable.ts'
import explicitImageTag from './explicit-image-tag.ts'
import externalName from './external-name.ts'
import healthyWithoutHealthcheck from './healthy-without-healthcheck.ts'
import obsoleteVersion from './obsolete-version.ts'
import portNotExposed from './port-not-exposed.ts'
import pullPolicy from './pull-policy.ts'
import restartPolicy from './restart-policy.ts'
import secretInEnvironment from './secret-in-environment.ts'
import swarmOnly from './swarm-only.ts'
import unboundPort from './unbound-port.ts'
import unquotedNumber from './unquoted-number.ts'
import unquotedPort from './unquoted-port.ts'
import unusedDeclaration from './unused-declaration.ts'

/** Every rule about Compose files. */
export const composeRules: readonly ComposeRule[] = [
  booleanWord,
  buildArgUndeclared,
  buildFileMissing,
  buildTargetUnknown,
  dockerSocket,
  duplicatePublishedPort,
  duplicateVariable,
  explicitImageTag,
  externalName,
  healthyWithoutHealthcheck,
  obsoleteVersion,
  portNotExposed,
  pullPolicy,
  restartPolicy,
  secretInEnvironment,
  swarmOnly,
  unboundPort,
  unquotedNumber,
  unquotedPort,
  unusedDeclaration,
]
