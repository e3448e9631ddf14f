export declare function buildServer(folder: string, options?: { readonly minify?: boolean }): Promise<void>
