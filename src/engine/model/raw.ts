/** JSON as an engine answered it; every field is optional, unknown ones are kept. */
export type Raw = Readonly<Record<string, unknown>>
