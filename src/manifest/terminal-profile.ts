/** A terminal profile: a shell in a container, among the shells of the machine. */
export const terminalProfile = { id: 'quayside.shell', title: 'Container Shell', icon: 'terminal' } as const
