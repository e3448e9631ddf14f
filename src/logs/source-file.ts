/**
 * Of the files of a workspace that have the name of a file of a container, those that are most likely it: the more folders before
 * the name agree, the better. All that are equally good come back; nothing when none has the name.
 */
export function bestSource(path: string, files: readonly string[]): readonly string[] {
  const wanted = path.split('/').filter((part) => part !== '' && part !== '.')
  const scored = files.map((file) => ({ file, agree: agreement(wanted, file.split('/')) }))
  const best = Math.max(0, ...scored.map(({ agree }) => agree))
  const good = scored.filter(({ agree }) => agree === best && best > 0)
  // Installed packages are not what is worked on.
  const own = good.filter(({ file }) => !file.includes('/node_modules/'))
  return (own.length > 0 ? own : good).map(({ file }) => file)
}

function agreement(wanted: readonly string[], parts: readonly string[]): number {
  let agree = 0
  while (agree < wanted.length && agree < parts.length && wanted.at(-1 - agree) === parts.at(-1 - agree))
    agree += 1
  return agree
}
