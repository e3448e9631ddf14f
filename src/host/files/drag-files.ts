import * as vscode from 'vscode'
import { normalize, parentOf } from '../../engine/files/file-path.ts'
import type { Place } from '../../engine/files/place.ts'
import { isFolder } from '../../tree/files.ts'
import type { TreeNode } from '../../tree/node.ts'
import { containerPlace, imagePlace, volumePlace } from '../../tree/places.ts'
import type { DragHandler } from '../drag-and-drop.ts'
import { placeUri } from './place-uri.ts'

const uriList = 'text/uri-list'

/** A folder that files are dropped on; a container's own row leaves open which. */
export interface DropTarget {
  readonly place: Place
  readonly folder: string | undefined
}

/** Files are dragged out as URIs of our file system, which the editor copies and opens; URIs and files of the desktop are let in. */
export function fileDrags(
  dropped: (
    target: DropTarget,
    uris: readonly vscode.Uri[],
    loose: readonly vscode.DataTransferFile[],
  ) => Promise<void>,
): DragHandler {
  return {
    drags: [uriList],
    drops: [uriList, 'files'],
    drag(nodes, transfer) {
      const uris = nodes.flatMap((node) =>
        node.kind === 'file' || (node.kind === 'change' && node.change !== 'deleted')
          ? [placeUri(node.place, node.path).toString()]
          : [],
      )
      if (uris.length > 0) transfer.set(uriList, new vscode.DataTransferItem(uris.join('\r\n')))
    },
    async drop(node, transfer) {
      const target = targetOf(node)
      if (target === undefined) return false
      const uris = urisOf((await transfer.get(uriList)?.asString()) ?? '')
      const loose: vscode.DataTransferFile[] = []
      for (const [, item] of transfer) {
        const file = item.asFile()
        if (file?.uri !== undefined) uris.push(file.uri)
        else if (file !== undefined) loose.push(file)
      }
      if (uris.length + loose.length === 0) return false
      await dropped(target, [...new Map(uris.map((uri) => [uri.toString(), uri])).values()], loose)
      return true
    },
  }
}

const urisOf = (list: string): vscode.Uri[] =>
  list
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => vscode.Uri.parse(line))

function targetOf(node: TreeNode | undefined): DropTarget | undefined {
  switch (node?.kind) {
    case 'container':
      return { place: containerPlace(node.container), folder: undefined }
    case 'volume':
      return { place: volumePlace(node.volume), folder: '/' }
    case 'image':
      return { place: imagePlace(node.image, node.tag), folder: '/' }
    case 'files':
      return { place: node.place, folder: '/' }
    case 'file':
      return { place: node.place, folder: isFolder(node.entry) ? node.path : parentOf(normalize(node.path)) }
    default:
      return undefined
  }
}
