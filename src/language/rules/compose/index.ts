import type { ComposeRule } from './define-rule.ts'
import booleanWord from './boolean-word.ts'
import buildAndImage from './build-and-image.ts'
import buildArgUndeclared from './build-arg-undeclared.ts'
import buildFileMissing from './build-file-missing.ts'
import buildTargetUnknown from './build-target-unknown.ts'
import dependenciesOrder from './dependencies-order.ts'
import dockerSocket from './docker-socket.ts'
import duplicatePublishedPort from './duplicate-published-port.ts'
import duplicateVariable from './duplicate-variable.ts'
import explicitImageTag from './explicit-image-tag.ts'
import externalName from './external-name.ts'
import healthyWithoutHealthcheck from './healthy-without-healthcheck.ts'
import obsoleteVersion from './obsolete-version.ts'
import portNotExposed from './port-not-exposed.ts'
import portsOrder from './ports-order.ts'
import projectNameMissing from './project-name-missing.ts'
import pullPolicy from './pull-policy.ts'
import restartPolicy from './restart-policy.ts'
import secretInEnvironment from './secret-in-environment.ts'
import serviceKeysOrder from './service-keys-order.ts'
import servicesOrder from './services-order.ts'
import swarmOnly from './swarm-only.ts'
import topLevelOrder from './top-level-order.ts'
import unboundPort from './unbound-port.ts'
import unquotedNumber from './unquoted-number.ts'
import unquotedPort from './unquoted-port.ts'
import unusedDeclaration from './unused-declaration.ts'

/** Every rule about Compose files. */
export const composeRules: readonly ComposeRule[] = [
  booleanWord,
  buildAndImage,
  buildArgUndeclared,
  buildFileMissing,
  buildTargetUnknown,
  dependenciesOrder,
  dockerSocket,
  duplicatePublishedPort,
  duplicateVariable,
  explicitImageTag,
  externalName,
  healthyWithoutHealthcheck,
  obsoleteVersion,
  portNotExposed,
  portsOrder,
  projectNameMissing,
  pullPolicy,
  restartPolicy,
  secretInEnvironment,
  serviceKeysOrder,
  servicesOrder,
  swarmOnly,
  topLevelOrder,
  unboundPort,
  unquotedNumber,
  unquotedPort,
  unusedDeclaration,
]
