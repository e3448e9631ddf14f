const secret = /(?:_|^)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)/i
const harmless = /(?:_|^)(?:public|file|version)(?:_|$)/i

/** Whether the name of a variable sounds like a secret, as BuildKit hears it. */
export const soundsSecret = (name: string): boolean => secret.test(name) && !harmless.test(name)
