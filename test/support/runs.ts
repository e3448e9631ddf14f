/** `npm test` tries all there is to try; `npm run check` and a test that is run by itself a part of it. */
const isThorough = process.env['QUAYSIDE_THOROUGH'] !== undefined

/** How often a property of random texts is tried. */
export const runs = (many: number): number => (isThorough ? many : Math.ceil(many / 5))
