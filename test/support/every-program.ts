/** Scripts for containers are tried with all the shells and tools that those have, by the contract suite, else with this machine's. */
export const everyProgram = process.env['QUAYSIDE_EVERY_PROGRAM'] !== undefined
