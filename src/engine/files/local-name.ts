const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i
const notOnWindows = /[<>:"|?*\\\u0000-\u001f]/g

/** A name of a container as a name on this system: the same but on Windows, which allows fewer. */
export function localName(name: string, platform: NodeJS.Platform): string {
  if (platform !== 'win32') return name
  const allowed = name.replace(notOnWindows, '_').replace(/[. ]+$/, (end) => '_'.repeat(end.length))
  return reserved.test(allowed) ? `_${allowed}` : allowed
}
