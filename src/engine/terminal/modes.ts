/**
 * Takes back what a program may have set and did not: the other screen, mouse and focus reports, bracketed paste, a hidden cursor,
 * colours, margins. Source: XTerm's control sequences (ctlseqs).
 */
export const resetModes =
  '\x1b[?1047l\x1b[?9l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1004l\x1b[?2004l\x1b[?25h\x1b[!p\x1b[0m'

const report = /^\x1b(?:\[[<=>?]?[\d;]*\$?[IMORcmnty]|[\]P_])/

/** Whether this came from the terminal itself and not from a person: answers to what a program asked, focus and mouse reports. */
export const isReport = (input: string): boolean => report.test(input)
