/** How a registry wants to be asked: the `WWW-Authenticate` header of its first answer. */
export type Challenge =
  | { readonly scheme: 'basic' }
  | { readonly scheme: 'bearer'; readonly realm: URL; readonly service: string | undefined }

/** Reads the header; undefined where it asks for something else, or names an address that is none. */
export function readChallenge(header: string | undefined): Challenge | undefined {
  const scheme = /^\s*(basic|bearer)\b/i.exec(header ?? '')?.[1]?.toLowerCase()
  if (header === undefined || scheme === undefined) return undefined
  if (scheme === 'basic') return { scheme: 'basic' }
  const values = new Map<string, string>()
  for (const [, name, value] of header.matchAll(/(\w+)="([^"]{0,2000})"/g))
    values.set(name!.toLowerCase(), value!)
  const realm = values.get('realm') ?? ''
  if (!URL.canParse(realm)) return undefined
  return { scheme: 'bearer', realm: new URL(realm), service: values.get('service') }
}
