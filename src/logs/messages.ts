import {
  isArray,
  isBoolean,
  isEither,
  isInteger,
  isMessage,
  isNullable,
  isNumber,
  isObject,
  isOneOf,
  isText,
  type Check,
  type Checked,
} from './check.ts'
import { streams, type LevelIndex } from './line-flags.ts'
import { timeModes } from './time-text.ts'

/** What the log viewer and its host say to each other: checked on both sides, since both sides could be fed by others. */

const isPattern = isObject({
  text: isText(2000),
  regex: isBoolean,
  matchCase: isBoolean,
  wholeWord: isBoolean,
})
const isLevel: Check<LevelIndex> = isOneOf(0, 1, 2, 3, 4, 5, 6)
const isSeq = isInteger()
const isIndex = isInteger(0)
const mostSources = 1000

/** All that a person has chosen in a viewer; kept over a reload of the window. */
export const isViewState = isObject({
  include: isPattern,
  exclude: isPattern,
  find: isPattern,
  minLevel: isLevel,
  /** Lines shown around a match of the filter. */
  context: isInteger(0, 100),
  time: isOneOf(...timeModes),
  wrap: isBoolean,
  fold: isBoolean,
  fields: isBoolean,
  /** New lines are read out to a screen reader. */
  announce: isBoolean,
  /** Labels of sources that are switched off. */
  hidden: isArray(isText(300), mostSources),
  tail: isText(20),
  since: isText(60),
  until: isText(60),
})
export type ViewState = Checked<typeof isViewState>

/** From the page to the host. */
export const isPageMessage = isMessage({
  ready: {},
  /**
   * What can be seen: the line at the top by its number, or by index after a jump; so many rows before and from there on. With
   * `follow` the newest ones. `seen` is the newest line that was seen when the user scrolled away.
   */
  window: {
    id: isIndex,
    top: isNullable(isSeq),
    index: isIndex,
    before: isInteger(0, 1000),
    count: isInteger(0, 2000),
    follow: isBoolean,
    seen: isNullable(isSeq),
  },
  /** A frame has been drawn: the next may come. */
  drawn: { frame: isIndex },
  view: { view: isViewState },
  /** The user is in a field for an expression: before long something is searched for. */
  searchNear: {},
  /** To the next or previous match, seen from a line. */
  step: { direction: isOneOf(1, -1), from: isNullable(isSeq) },
  /** Folds a stack trace, or a line with its fields, in or out. */
  toggle: { seq: isSeq, what: isOneOf('trace', 'line') },
  atTime: { seconds: isNumber },
  older: {},
  live: {},
  clear: {},
  copy: { from: isSeq, to: isSeq, times: isBoolean },
  open: { seq: isSeq, link: isInteger(0, 100) },
  highlights: { terms: isArray(isText(200), 20) },
  action: { name: isOneOf('save', 'document', 'terminal') },
})
export type PageMessage = Checked<typeof isPageMessage>

const isColor = isEither(isInteger(0, 255), isArray(isInteger(0, 255), 3))
const isStyle = isObject(
  {},
  {
    fg: isColor,
    bg: isColor,
    bold: isBoolean,
    dim: isBoolean,
    italic: isBoolean,
    underline: isBoolean,
    inverse: isBoolean,
    strike: isBoolean,
  },
)
const longestText = 1 << 20
const isRow = isObject(
  {
    seq: isSeq,
    source: isIndex,
    stream: isOneOf(...streams),
    level: isLevel,
    time: isText(40),
    fullTime: isText(40),
    parts: isArray(
      isObject({ text: isText(longestText) }, { style: isStyle, part: isOneOf('key', 'value', 'message') }),
      100_000,
    ),
    links: isArray(isObject({ kind: isOneOf('url', 'file'), start: isIndex, end: isIndex }), 100),
    /** Start, end, kind: 0 is the search, from 1 on the highlights. */
    marks: isArray(isArray(isIndex, 3), 3000),
  },
  {
    hit: isBoolean,
    context: isBoolean,
    trace: isIndex,
    open: isBoolean,
    structured: isBoolean,
    expanded: isBoolean,
    details: isArray(isObject({ key: isText(longestText), value: isText(longestText) }), 1000),
    cut: isIndex,
  },
)
export type PageRow = Checked<typeof isRow>

const isSource = isObject({
  label: isText(300),
  /** Standard output and standard error are one stream. */
  tty: isBoolean,
  state: isOneOf('reading', 'following', 'ended'),
})

const isState = isObject({
  /** Lines shown, held and gone. */
  shown: isIndex,
  held: isIndex,
  dropped: isIndex,
  /** Memory in use and allowed, in bytes. */
  bytes: isNumber,
  limit: isNumber,
  levels: isArray(isIndex, 7),
  live: isBoolean,
  reading: isBoolean,
  atBeginning: isBoolean,
  loadingOlder: isBoolean,
  filterError: isText(500),
  findError: isText(500),
  rangeError: isText(500),
  /** Matches of the search; the place of the current one, from 1. */
  matches: isIndex,
  match: isIndex,
  searching: isBoolean,
  /** Lines that came since the user scrolled away. */
  unseen: isIndex,
  sources: isArray(isSource, mostSources),
})
export type PageState = Checked<typeof isState>

/** From the host to the page. */
export const isHostMessage = isMessage({
  init: {
    title: isText(500),
    place: isOneOf('editor', 'panel'),
    /** What is to be known of these logs as a whole; mostly empty. */
    note: isText(500),
    view: isViewState,
    /** That of the terminal; empty for the one of the editor. */
    fontFamily: isText(500),
    /** Pixels; 0 for the size of the editor. */
    fontSize: isInteger(0, 100),
    highlights: isArray(isText(200), 20),
    /** What the page keeps, so that the viewer comes back after a reload of the window. */
    saved: isText(1 << 20),
    /** Where the page was: the line at the top; null at the end. */
    top: isNullable(isSeq),
    /** The texts of the page in the language of the editor. */
    texts: isText(1 << 20),
  },
  frame: {
    frame: isIndex,
    state: isState,
    /** Undefined rows are those there were. */
    rows: isNullable(isObject({ window: isIndex, from: isIndex, top: isIndex, rows: isArray(isRow, 4000) })),
  },
  density: {
    density: isNullable(
      isObject({
        from: isNumber,
        to: isNumber,
        lines: isArray(isIndex, 2000),
        warnings: isArray(isIndex, 2000),
        errors: isArray(isIndex, 2000),
      }),
    ),
  },
  /** Shows a line: by its number. */
  reveal: { seq: isSeq, index: isIndex, select: isBoolean },
  announce: { lines: isArray(isText(1000), 20), more: isIndex },
  highlights: { terms: isArray(isText(200), 20) },
})
export type HostMessage = Checked<typeof isHostMessage>
