import type { TextRange } from '../../shared/text-range.ts'

/**
 * A Dockerfile as BuildKit's parser reads it, with the place of everything in the text. Plain readonly data, made once for a
 * version of a document by `parseDockerfile`. Nothing is left out because it is wrong: what the parser had to
 * guess or skip is told in `problems`.
 */
export interface DockerfileDoc {
  readonly text: string
  /** The offset at which each line starts; lines end with LF, CRLF or a lone CR, as editors count them. */
  readonly lineStarts: readonly number[]
  /** The escape character: a backslash unless `# escape=` says otherwise. */
  readonly escape: Escape
  readonly directives: readonly Directive[]
  /** All comments, those between continued lines too (they are also in their instruction's `comments`), without the directives. */
  readonly comments: readonly Comment[]
  /** All instructions in the order of the text; those of an ONBUILD are in its `trigger`. */
  readonly instructions: readonly Instruction[]
  /** What stands before the first FROM; only ARG is allowed there. */
  readonly preamble: readonly Instruction[]
  readonly stages: readonly Stage[]
  readonly problems: readonly ParseProblem[]
}

export type Escape = '\\' | '`'

/** A parser directive at the top of the file: `# syntax=docker/dockerfile:1`. */
export interface Directive {
  /** In lower case: `syntax`, `escape` or `check`. */
  readonly name: string
  readonly value: string
  readonly nameRange: TextRange
  readonly valueRange: TextRange
  /** From the `#` to the end of the value. */
  readonly range: TextRange
}

export interface Comment {
  /** Without the `#` and the space around. */
  readonly text: string
  /** From the `#` to the end of the line, without the line break. */
  readonly range: TextRange
}

export interface Instruction {
  /** In upper case, known or not: `RUN`, `FORM`. */
  readonly name: string
  /** Whether BuildKit has an instruction of this name. */
  readonly known: boolean
  /** As it was written. */
  readonly keyword: string
  readonly keywordRange: TextRange
  /** From the keyword to the last character of the arguments, without heredoc bodies and trailing space. */
  readonly range: TextRange
  /** `range`, extended by the heredoc bodies and their closing words. */
  readonly fullRange: TextRange
  /** The text that counts: continuations, comments and line breaks taken out, with the way back to offsets. */
  readonly logical: LogicalText
  readonly flags: readonly Flag[]
  /** What follows the flags, trimmed; `at` is its place in `logical.text`. */
  readonly args: Word
  /**
   * The arguments: by white space for FROM, COPY, ADD, VOLUME, EXPOSE; one word for the rest of the line for
   * USER, WORKDIR, STOPSIGNAL, MAINTAINER; as quoted words for ENV, LABEL, ARG; the type for HEALTHCHECK; the
   * elements of a valid JSON array wherever one is accepted; none for a shell form and for ONBUILD.
   */
  readonly words: readonly Word[]
  /** The names and values of ENV, LABEL and ARG. */
  readonly pairs: readonly KeyValue[]
  /** The arguments as a JSON array, where the instruction takes one and they start with `[`. */
  readonly json?: JsonForm
  /** The command of RUN, CMD, ENTRYPOINT, HEALTHCHECK CMD and SHELL. */
  readonly command?: CommandForm
  /** The heredocs that the line opens; those of an ONBUILD are in its trigger too. */
  readonly heredocs: readonly Heredoc[]
  /** The references to variables in the instruction and in its heredocs, in the order of the text; those of an ONBUILD are in its trigger only. */
  readonly variables: readonly VariableRef[]
  /** The instruction that an ONBUILD carries. */
  readonly trigger?: Instruction
  /** The comments between its continued lines. */
  readonly comments: readonly Comment[]
  /** The empty lines between its continued lines, as ranges without the line break. */
  readonly emptyLines: readonly TextRange[]
  /** The comments directly above, nearest last; an instruction or an empty comment ends the run, an empty line does not (BuildKit). */
  readonly commentsAbove: readonly Comment[]
  /** Index in `DockerfileDoc.instructions`; that of the ONBUILD for a trigger. */
  readonly index: number
  /** Index of the stage in `DockerfileDoc.stages`, -1 in the preamble. */
  readonly stage: number
}

/** Text put together of pieces of the document. */
export interface LogicalText {
  readonly text: string
  /** In the order of `at`, covering all of `text`. */
  readonly pieces: readonly Piece[]
}

export interface Piece {
  /** Where the piece starts in the logical text. */
  readonly at: number
  /** Where it starts in the document. */
  readonly start: number
  readonly length: number
}

export interface Word {
  /** As written, with quotes, without continuations; for an element of a JSON array its decoded value. */
  readonly text: string
  readonly range: TextRange
  /** Where the word stands in the logical text of its instruction; `end` is exclusive. */
  readonly at: number
  readonly end: number
}

export interface Flag {
  /** Without the dashes. */
  readonly name: string
  /** Quotes and escapes taken away; undefined without a `=`. */
  readonly value: string | undefined
  readonly range: TextRange
  readonly nameRange: TextRange
  /** What follows the `=` as it stands in the text, quotes included. */
  readonly valueRange: TextRange | undefined
  /** Where the value stands in the logical text. */
  readonly valueAt: number
  readonly valueEnd: number
}

export interface KeyValue {
  readonly key: string
  readonly keyRange: TextRange
  /** Where the name starts in the logical text. */
  readonly keyAt: number
  /** As written, quotes included; undefined where there is only a name (`ARG NAME`, and ENV or LABEL by mistake). */
  readonly value: string | undefined
  readonly valueRange: TextRange | undefined
  /** Where the value stands in the logical text. */
  readonly valueAt: number
  readonly valueEnd: number
  /** `=`; a space for the old form `ENV name value`; empty for a name alone. */
  readonly separator: '=' | ' ' | ''
  /** From the name to the end of the value. */
  readonly range: TextRange
}

export interface JsonForm {
  /**
   * `valid`: an array of strings. `notStrings`: JSON, but BuildKit stops at it. `broken`: no JSON, so that BuildKit
   * reads the arguments as if they were no array at all.
   */
  readonly state: 'valid' | 'notStrings' | 'broken'
  readonly items: readonly Word[]
  /** From the `[` to the end of the arguments. */
  readonly range: TextRange
}

export interface CommandForm {
  readonly form: 'exec' | 'shell'
  /** Shell form: the script. Exec form: the JSON text. It stands in `logical.text` from `at` to `end`. */
  readonly text: string
  readonly at: number
  readonly end: number
  readonly range: TextRange
  /** The decoded elements of the exec form. */
  readonly items: readonly Word[]
}

export interface Heredoc {
  /** Without quotes. */
  readonly name: string
  /** Part of the opening word is quoted: nothing in the body is expanded. */
  readonly quoted: boolean
  /** `<<-`: leading tabs are taken away. */
  readonly chomp: boolean
  /** The file descriptor in front (`3<<EOF`); 0 without one. */
  readonly fd: number
  /** The whole opening word, `3<<-"EOF"`. */
  readonly range: TextRange
  /** The name in the opening word, its quotes included. */
  readonly nameRange: TextRange
  /** Whole lines; up to the end of the text when the closing word is missing. */
  readonly body: TextRange
  /** The closing word, undefined when it is missing. */
  readonly end: TextRange | undefined
}

/** `$NAME`, `${NAME}` or `${NAME:-word}`. */
export interface VariableRef {
  readonly name: string
  readonly nameRange: TextRange
  /** From the `$` to the closing brace. */
  readonly range: TextRange
  readonly braced: boolean
  /** `:-`, `-`, `:+`, `+`, `:?`, `?`, `#`, `##`, `%`, `%%`, `/`, `//`; another text is not supported by BuildKit. */
  readonly modifier: string | undefined
  /** What follows the modifier; variables in it are references of their own. */
  readonly word: string | undefined
  readonly wordRange: TextRange | undefined
  /** Who replaces it: BuildKit while it builds, or the shell when the command runs. */
  readonly by: 'builder' | 'shell'
}

export interface Stage {
  readonly index: number
  /** As written; undefined without `AS`. Names are compared in lower case. */
  readonly name: string | undefined
  readonly nameRange: TextRange | undefined
  /** The image or the earlier stage, as written. */
  readonly base: string
  readonly baseRange: TextRange | undefined
  /** The stage that `base` names, where it names an earlier one. */
  readonly baseStage: number | undefined
  readonly platform: Flag | undefined
  readonly from: Instruction
  /** With its FROM. */
  readonly instructions: readonly Instruction[]
  /** From FROM to the end of the last instruction of the stage. */
  readonly range: TextRange
}

export type ParseProblemCode =
  | 'duplicateDirective'
  | 'invalidEscape'
  | 'unterminatedHeredoc'
  | 'heredocQuote'
  | 'jsonNotStrings'
  | 'missingEquals'
  | 'missingValue'
  | 'badSubstitution'
  | 'unterminatedSubstitution'
  | 'unsupportedModifier'
  | 'unterminatedQuote'

/** What stops BuildKit's parser or its replacement of variables; the rules put it into words. */
export interface ParseProblem {
  readonly code: ParseProblemCode
  readonly range: TextRange
  /** The name, the modifier or the word that the problem is about. */
  readonly subject: string
  /** Index of the instruction, -1 for the file. */
  readonly instruction: number
}
