import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import * as vscode from 'vscode'
import { html, scriptData } from '../shared/sinks.ts'

/** What every page may do: run its own script. No file of this machine can be loaded into one. */
export const pageOptions: vscode.WebviewOptions = { enableScripts: true, localResourceRoots: [] }

/** Where the bundled browser code and styles of a page are: `dist/webviews/NAME.js` and `.css`. */
const webviewRoot = (extension: vscode.Uri): vscode.Uri => vscode.Uri.joinPath(extension, 'dist', 'webviews')

/** What the tab of a page shows: strokes that can be seen on light and on dark. */
export const pageIcon = (
  extension: vscode.Uri,
): { readonly light: vscode.Uri; readonly dark: vscode.Uri } => ({
  light: vscode.Uri.joinPath(extension, 'media', 'activity-bar.svg'),
  dark: vscode.Uri.joinPath(extension, 'media', 'page-dark.svg'),
})

/**
 * The document of a page: nothing in it but its own script and styles, both by a nonce that is new each time, and `data` that the
 * script begins with. Whatever a container printed reaches it as messages or as that data, never as markup. All of it is in the one
 * document: each file that a page asks for goes through the whole of the editor, and the page is empty until it has come.
 */
export function webviewHtml(
  extension: vscode.Uri,
  page: { readonly name: string; readonly title: string; readonly data?: object },
): string {
  const nonce = randomBytes(16).toString('base64')
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ')
  const { script, style } = bundleOf(webviewRoot(extension), page.name)
  const data =
    page.data === undefined
      ? ''
      : `<script type="application/json" id="data">${scriptData(page.data)}</script>\n`
  return `<!DOCTYPE html>
<html lang="${html(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${html(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style nonce="${nonce}">${style}</style>
<title>${html(page.title)}</title>
</head>
<body>
${data}<script nonce="${nonce}">${script}</script>
</body>
</html>`
}

interface Bundle {
  readonly script: string
  readonly style: string
}

const bundles = new Map<string, Bundle>()

/** What was built for a page; `scripts/build.mjs` sees to it that nothing in it ends its element. */
function bundleOf(root: vscode.Uri, name: string): Bundle {
  const read = (file: string): string => readFileSync(vscode.Uri.joinPath(root, file).fsPath, 'utf8')
  const bundle = bundles.get(name) ?? { script: read(`${name}.js`), style: read(`${name}.css`) }
  bundles.set(name, bundle)
  return bundle
}
