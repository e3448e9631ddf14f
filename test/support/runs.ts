/** `npm test` tries all there is to try; `npm run check` and a test that is run by itself a part of it. */
const isThorough = process.env['QUAYSIDE_THOROUGH'] !== undefined

/** How often a property of random texts is tried, and how long texts are that are made to be slow. */
export const runs = (many: number): number => (isThorough ? many : Math.ceil(many / 5))

/** Of many places that one thing is tried in. */
export const places = <T>(all: readonly T[]): readonly T[] =>
  isThorough ? all : all.filter((_, at) => at % 3 === 0)
