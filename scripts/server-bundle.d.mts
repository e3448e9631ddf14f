import type { BuildOptions } from 'esbuild'

/** esbuild's options for the language server; entry and output are the caller's. */
export const serverBundle: BuildOptions
