/** Who may import whom: the table that `docs/ARCHITECTURE.md` prints and `test/unit/architecture.test.ts` guards. */
export interface Room {
  /** The rooms whose files may be imported at run time. */
  readonly rooms: readonly string[]
  /** Rooms of which types alone may be imported. */
  readonly types?: readonly string[]
  /** The outside packages that may be imported at run time. */
  readonly packages: readonly string[]
  /** Packages of which types alone may be imported. */
  readonly typePackages?: readonly string[]
  /** False where even the modules of Node are closed. */
  readonly node?: false
}

export const rooms: Readonly<Record<string, Room>> = {
  shared: { rooms: [], packages: [], node: false },
  engine: { rooms: ['shared'], packages: ['dockerode', 'tar-stream', 'fzstd'] },
  language: {
    rooms: ['shared'],
    packages: ['yaml', 'dockerfile-ast', 'dockerfile-language-service', 'vscode-languageserver-types'],
    typePackages: ['vscode-languageserver-textdocument'],
    node: false,
  },
  tree: { rooms: ['engine', 'shared'], packages: [], node: false },
  logs: { rooms: ['engine', 'shared'], packages: [], node: false },
  commands: { rooms: ['tree', 'logs', 'engine', 'shared'], packages: [] },
  manifest: { rooms: ['commands', 'tree', 'shared', 'language'], packages: [] },
  webviews: {
    rooms: ['logs', 'shared'],
    types: ['commands', 'engine', 'tree'],
    packages: ['@dagrejs/dagre', 'uplot'],
    node: false,
  },
  host: {
    rooms: ['commands', 'manifest', 'tree', 'logs', 'engine', 'shared'],
    types: ['language'],
    packages: ['vscode', 'vscode-languageclient'],
  },
  'server.ts': {
    rooms: ['language', 'shared'],
    packages: ['vscode-languageserver', 'vscode-languageserver-textdocument'],
  },
  'extension.ts': {
    rooms: ['host', 'commands', 'manifest', 'tree', 'logs', 'engine', 'shared'],
    packages: ['vscode'],
  },
}
