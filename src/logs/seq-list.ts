/** So many numbers are in a piece: what is dropped is free again piece by piece, and nothing is ever copied. */
const shift = 13
const pieceSize = 1 << shift
const mask = pieceSize - 1

/** Line numbers in ascending order: added at the end, dropped at either end. */
export class SeqList {
  #pieces: Float64Array[] = []
  /** Kept for the next piece: a list that loses at the front what it gets at the end needs no other memory. */
  #spare: Float64Array | undefined
  /** The places of the first number and after the last, counted from the beginning of the first piece. */
  #from = 0
  #to = 0

  get length(): number {
    return this.#to - this.#from
  }

  at(index: number): number | undefined {
    return index < 0 || index >= this.length ? undefined : this.#get(index)
  }

  get last(): number | undefined {
    return this.at(this.length - 1)
  }

  push(seq: number): void {
    const piece = this.#to >>> shift
    if (piece === this.#pieces.length) {
      this.#pieces.push(this.#spare ?? new Float64Array(pieceSize))
      this.#spare = undefined
    }
    this.#pieces[piece]![this.#to & mask] = seq
    this.#to += 1
  }

  pushAll(seqs: ArrayLike<number>): void {
    for (let index = 0; index < seqs.length; index += 1) this.push(seqs[index]!)
  }

  clear(): void {
    this.#pieces = []
    this.#from = 0
    this.#to = 0
  }

  /** Drops all below `seq`; how many went. */
  dropBelow(seq: number): number {
    const gone = this.lowerBound(seq)
    this.#from += gone
    const pieces = this.#from >>> shift
    if (pieces > 0) {
      this.#spare = this.#pieces[0]
      this.#pieces.splice(0, pieces)
      this.#from -= pieces * pieceSize
      this.#to -= pieces * pieceSize
    }
    return gone
  }

  dropFrom(seq: number): void {
    this.#to = this.#from + this.lowerBound(seq)
    this.#pieces.length = Math.ceil(this.#to / pieceSize)
  }

  /** How many are below `seq`: the index where it is or would be. */
  lowerBound(seq: number): number {
    let low = 0
    let high = this.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#get(middle) < seq) low = middle + 1
      else high = middle
    }
    return low
  }

  indexOf(seq: number): number {
    const index = this.lowerBound(seq)
    return this.at(index) === seq ? index : -1
  }

  has(seq: number): boolean {
    return this.indexOf(seq) >= 0
  }

  slice(from: number, to: number): number[] {
    const begin = Math.max(0, from)
    const end = Math.min(this.length, to)
    return Array.from({ length: Math.max(0, end - begin) }, (_, index) => this.#get(begin + index))
  }

  /** Memory in use, in bytes. */
  get bytes(): number {
    return this.#pieces.length * pieceSize * Float64Array.BYTES_PER_ELEMENT
  }

  #get(index: number): number {
    const place = this.#from + index
    return this.#pieces[place >>> shift]![place & mask]!
  }
}
