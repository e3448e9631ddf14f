/** A new array has so much more room than is needed; an array is used again while it would be no fuller than this. */
const growth = 1.5
const reuseBelow = 0.75

/** Line numbers in ascending order: added at either end, dropped at either end. */
export class SeqList {
  #items = new Float64Array(1024)
  #from = 0
  #to = 0

  get length(): number {
    return this.#to - this.#from
  }

  at(index: number): number | undefined {
    return index < 0 || index >= this.length ? undefined : this.#items[this.#from + index]
  }

  get last(): number | undefined {
    return this.at(this.length - 1)
  }

  push(seq: number): void {
    if (this.#to === this.#items.length) this.#grow(1)
    this.#items[this.#to] = seq
    this.#to += 1
  }

  pushAll(seqs: ArrayLike<number>, offset = 0): void {
    if (this.#to + seqs.length > this.#items.length) this.#grow(seqs.length)
    for (let index = 0; index < seqs.length; index += 1) this.#items[this.#to + index] = seqs[index]! + offset
    this.#to += seqs.length
  }

  clear(): void {
    this.#from = 0
    this.#to = 0
  }

  /** Drops all below `seq`; how many went. */
  dropBelow(seq: number): number {
    const gone = this.lowerBound(seq)
    this.#from += gone
    return gone
  }

  dropFrom(seq: number): void {
    this.#to = this.#from + this.lowerBound(seq)
  }

  /** How many are below `seq`: the index where it is or would be. */
  lowerBound(seq: number): number {
    let low = this.#from
    let high = this.#to
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#items[middle]! < seq) low = middle + 1
      else high = middle
    }
    return low - this.#from
  }

  indexOf(seq: number): number {
    const index = this.lowerBound(seq)
    return this.at(index) === seq ? index : -1
  }

  has(seq: number): boolean {
    return this.indexOf(seq) >= 0
  }

  /** Puts `seqs`, ascending, at their places among those there are. */
  insert(seqs: readonly number[]): void {
    for (let from = 0; from < seqs.length;) {
      const index = this.lowerBound(seqs[from]!)
      const next = this.at(index) ?? Infinity
      let to = from
      while (to < seqs.length && seqs[to]! < next) to += 1
      if (to === from) {
        from += 1
        continue
      }
      const count = to - from
      if (this.#to + count > this.#items.length) this.#grow(count)
      const at = this.#from + index
      this.#items.copyWithin(at + count, at, this.#to)
      for (let offset = 0; offset < count; offset += 1) this.#items[at + offset] = seqs[from + offset]!
      this.#to += count
      from = to
    }
  }

  slice(from: number, to: number): number[] {
    const begin = this.#from + Math.max(0, from)
    return [...this.#items.subarray(begin, Math.max(begin, Math.min(this.#to, this.#from + to)))]
  }

  /** Memory in use, in bytes. */
  get bytes(): number {
    return this.#items.byteLength
  }

  #grow(more: number): void {
    const { length } = this
    const needed = length + more
    // What was dropped at the front is room too: a list whose length stays the same never needs another array.
    const items =
      needed <= this.#items.length * reuseBelow
        ? this.#items
        : new Float64Array(Math.max(needed, Math.ceil(needed * growth)))
    if (items === this.#items) items.copyWithin(0, this.#from, this.#to)
    else items.set(this.#items.subarray(this.#from, this.#to))
    this.#items = items
    this.#from = 0
    this.#to = length
  }
}
