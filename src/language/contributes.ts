/** What the language room adds to `contributes` of package.json; `dockerfile` is VS Code's own language, which is only extended. */
export const contributes = {
  languages: [
    {
      id: 'dockerfile',
      filenames: ['dockerfile', 'containerfile'],
      filenamePatterns: ['*.Dockerfile', '*.Containerfile', 'Dockerfile-*', 'Containerfile-*'],
      configuration: './syntaxes/dockerfile.language-configuration.json',
    },
    {
      id: 'dockerignore',
      aliases: ['Docker Ignore', 'dockerignore'],
      filenames: ['.dockerignore', '.containerignore'],
      // Longer than VS Code's `Dockerfile.*`, so that it counts.
      filenamePatterns: ['*.dockerignore', 'Dockerfile*.dockerignore', 'Containerfile*.dockerignore'],
      configuration: './syntaxes/dockerignore.language-configuration.json',
    },
  ],
  grammars: [
    {
      scopeName: 'dockerfile.quayside.injection',
      path: './syntaxes/dockerfile.tmLanguage.json',
      injectTo: ['source.dockerfile'],
      embeddedLanguages: {
        'meta.embedded.block.shellscript': 'shellscript',
        'meta.embedded.block.python': 'python',
        'meta.embedded.block.javascript': 'javascript',
        'meta.embedded.block.ruby': 'ruby',
        'meta.embedded.block.perl': 'perl',
        'meta.embedded.block.json': 'json',
        'meta.embedded.block.yaml': 'yaml',
      },
    },
    {
      language: 'dockerignore',
      scopeName: 'source.dockerignore',
      path: './syntaxes/dockerignore.tmLanguage.json',
    },
  ],
  configurationDefaults: {
    '[dockerfile]': { 'editor.quickSuggestions': { strings: true } },
    '[dockerignore]': { 'editor.quickSuggestions': { other: true, strings: true } },
  },
} as const
