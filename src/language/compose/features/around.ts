import { mainNames } from '../../../shared/compose-files.ts'
import type { Context } from '../../provider.ts'
import { projectAt, type OpenProject } from '../open.ts'
import { folderOf } from '../project/paths.ts'

/** So many folders above that of a file are searched for a project that reads it. */
const mostAbove = 4

/**
 * A document within the project that reads its file, by `extends` or `include`, where it is no project by itself: that of the nearest
 * main file beside it, or above it. Where there is none, as it was.
 */
export async function around(open: OpenProject, context: Context): Promise<OpenProject> {
  let at = folderOf(open.doc.uri)
  for (let above = 0; above <= mostAbove; above++, at = folderOf(at)) {
    const mains = mainNames.map((name) => `${at}/${name}`)
    if (mains.some((main) => open.uris.includes(main))) return open
    for (const main of mains) open.files.kind(main)
    await open.files.fetch()
    const main = mains.find((uri) => open.files.kind(uri) === 'file')
    if (main === undefined) continue
    const project = await projectAt([main], context)
    const source = project?.project.sources.find(({ uri }) => uri === open.doc.uri)
    if (project !== undefined && source !== undefined)
      return { ...project, doc: open.doc, yaml: source.yaml, source }
  }
  return open
}
