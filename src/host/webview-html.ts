import { randomBytes } from 'node:crypto'
import * as vscode from 'vscode'
import { html } from '../shared/sinks.ts'

/** Where the bundled browser code and styles of a page are: `dist/webviews/NAME.js` and `.css`. */
export const webviewRoot = (extension: vscode.Uri): vscode.Uri =>
  vscode.Uri.joinPath(extension, 'dist', 'webviews')

/** What the tab of a page shows: strokes that can be seen on light and on dark. */
export const pageIcon = (
  extension: vscode.Uri,
): { readonly light: vscode.Uri; readonly dark: vscode.Uri } => ({
  light: vscode.Uri.joinPath(extension, 'media', 'activity-bar.svg'),
  dark: vscode.Uri.joinPath(extension, 'media', 'page-dark.svg'),
})

/**
 * The document of a page: nothing in it but its own script and styles, both by a nonce that is new each time, and `data` that the
 * script begins with. Whatever a container printed reaches it as messages or as that data, never as markup.
 */
export function webviewHtml(
  webview: vscode.Webview,
  extension: vscode.Uri,
  page: { readonly name: string; readonly title: string; readonly data?: object },
): string {
  const nonce = randomBytes(16).toString('base64')
  const address = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(webviewRoot(extension), file)).toString()
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data:`,
  ].join('; ')
  return `<!DOCTYPE html>
<html lang="${html(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${html(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" nonce="${nonce}" href="${html(address(`${page.name}.css`))}">
<title>${html(page.title)}</title>
</head>
<body>
${page.data === undefined ? '' : `<script type="application/json" id="data">${inScript(page.data)}</script>\n`}<script nonce="${nonce}" src="${html(address(`${page.name}.js`))}"></script>
</body>
</html>`
}

/** JSON that can stand in a script element: nothing in it can end that. */
const inScript = (data: object): string => JSON.stringify(data).replaceAll('<', '\\u003c')
