import type * as vscode from 'vscode'
import type { Ui } from '../../commands/ui.ts'
import type { ImagePageParts } from './image-page.ts'
import type { WindowLayers } from './register.ts'

/** The pages of the layers of images, loaded with the first of them. */
export function layerPages(
  layers: WindowLayers,
  extension: vscode.Uri,
  ui: () => Ui,
): Pick<Ui, 'openLayers' | 'openComparison'> {
  const parts = async (): Promise<ImagePageParts> => ({
    extension,
    archives: await layers.archives(),
    ui: ui(),
  })
  return {
    async openLayers(image) {
      const { openLayersPage } = await import('./layers-page.ts')
      openLayersPage(image, await parts())
    },
    async openComparison(before, after) {
      const { openComparePage } = await import('./compare-page.ts')
      openComparePage(before, after, await parts())
    },
  }
}
