/** So many numbers are in a piece: what is dropped is free again piece by piece, and nothing is ever copied. */
const shift = 13
const pieceSize = 1 << shift
const mask = pieceSize - 1

/** Beyond this a number does not fit behind the base of its piece. */
const farthest = 2 ** 32 - 1

/** Line numbers in ascending order, in a stretch of less than 2³² lines, four bytes each: added at the end, dropped at either end. */
export class SeqList {
  /** How far each number is from the base of its piece. */
  #pieces: Uint32Array[] = []
  #bases: number[] = []
  /** Kept for the next piece: a list that loses at the front what it gets at the end needs no other memory. */
  #spare: Uint32Array | undefined
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
      this.#pieces.push(this.#spare ?? new Uint32Array(pieceSize))
      this.#bases.push(seq)
      this.#spare = undefined
    }
    let far = seq - this.#bases[piece]!
    if (far < 0 || far > farthest) far = seq - this.#moveBase(piece, seq)
    this.#pieces[piece]![this.#to & mask] = far
    this.#to += 1
  }

  pushAll(seqs: ArrayLike<number>): void {
    for (let index = 0; index < seqs.length; index += 1) this.push(seqs[index]!)
  }

  clear(): void {
    this.#pieces = []
    this.#bases = []
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
      this.#bases.splice(0, pieces)
      this.#from -= pieces * pieceSize
      this.#to -= pieces * pieceSize
    }
    return gone
  }

  dropFrom(seq: number): void {
    this.#to = this.#from + this.lowerBound(seq)
    this.#pieces.length = Math.ceil(this.#to / pieceSize)
    this.#bases.length = this.#pieces.length
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
    return this.#pieces.length * pieceSize * Uint32Array.BYTES_PER_ELEMENT
  }

  #get(index: number): number {
    const place = this.#from + index
    const piece = place >>> shift
    return this.#bases[piece]! + this.#pieces[piece]![place & mask]!
  }

  /** The first numbers of a piece may have been dropped long ago: its base becomes the first that is left, or else `next`. */
  #moveBase(piece: number, next: number): number {
    const first = Math.max(this.#from, piece << shift)
    const base = first < this.#to ? this.#get(first - this.#from) : next
    const by = base - this.#bases[piece]!
    const numbers = this.#pieces[piece]!
    for (let place = first; place < this.#to; place += 1) numbers[place & mask]! -= by
    this.#bases[piece] = base
    return base
  }
}
