import type { DockerfileDoc } from '../dockerfile/model.ts'
import type { DockerfileContext } from './facts/context.ts'
import type { HadolintConfig } from './hadolint-config.ts'
import { type Rule, ruleKind } from './rule.ts'

/** What an example of a Dockerfile rule can say beside its text. */
export interface DockerfileOptions {
  readonly config?: Partial<HadolintConfig>
  /** The text of `.dockerignore`. */
  readonly dockerignore?: string
  /** Platforms of the images on the user's engine by `name:tag`. */
  readonly images?: Readonly<Record<string, string>>
}

export type DockerfileRule = Rule<DockerfileDoc, DockerfileContext, DockerfileOptions>

/** A rule about Dockerfiles; listed in `dockerfile/index.ts`. */
export const defineRule = ruleKind<DockerfileDoc, DockerfileContext, DockerfileOptions>()
