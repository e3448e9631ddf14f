import { looksSecret } from '../../../shared/masking.ts'
import type { Project } from '../project/model.ts'

/** Shorter ones stand in texts by chance. */
const shortest = 4

/** The values of the variables whose names say that they are secret, wherever a text takes them in. */
export function secretsOf({ environment }: Pick<Project, 'environment'>): readonly string[] {
  const secrets: string[] = []
  for (const [name, { value, from }] of environment)
    if (from !== undefined && value.length >= shortest && looksSecret(name)) secrets.push(value)
  // One that is a part of another would leave the rest of that.
  return secrets.sort((a, b) => b.length - a.length)
}
