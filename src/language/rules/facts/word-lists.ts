/** What prints options or names that are meant to be as many words. */
const listing = /^(?:\$\(|`)\s*(?:seq|pgrep|pkg-config|pkgconf|[\w-]+-config|apt-mark|nix-store)(?![\w-])/

/** `$([ -f a ] && echo "--b")`: where there is nothing to say, quotes would make an empty argument of it. */
const optional = /^(?:\$\(|`)\s*(?:\[|test\s)[^;|&]*&&\s*(?:echo|printf)\s/

/** Whether a command substitution, as it is written, is meant to be split into words. */
export const isList = (substitution: string): boolean =>
  listing.test(substitution) || optional.test(substitution)
