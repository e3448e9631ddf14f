/** The same bytes; how many have passed is told every 4 MB. */
export async function* counted(
  source: AsyncIterable<Uint8Array>,
  tell: (passed: number) => void,
): AsyncGenerator<Uint8Array> {
  let passed = 0
  let shown = 0
  for await (const chunk of source) {
    passed += chunk.length
    if (passed - shown >= 4_000_000) {
      shown = passed
      tell(passed)
    }
    yield chunk
  }
}
