/** Files that ADD unpacks, or that are at least packed. */
export const archive = /\.(tar|tgz|tbz2?|txz|tlz|tZ|tzst|gz|bz2|xz|lz|lzma|Z|zst|tar\.\w+)$/
