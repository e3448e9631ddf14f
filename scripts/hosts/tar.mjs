// A minimal writer of uncompressed tar (ustar) archives, for images made without a registry.

/** One archive of the entries; each `{ name, data?, mode?, link?, dir? }`. Equal entries give equal bytes. */
export function tar(entries) {
  const blocks = []
  for (const { name, data = Buffer.alloc(0), mode = 0o644, link, dir = false } of entries) {
    const body = Buffer.from(data)
    const header = Buffer.alloc(512)
    const size = dir || link !== undefined ? 0 : body.length
    header.write(dir && !name.endsWith('/') ? `${name}/` : name, 0, 100)
    octal(header, mode, 100, 8)
    octal(header, 0, 108, 8)
    octal(header, 0, 116, 8)
    octal(header, size, 124, 12)
    octal(header, 1_700_000_000, 136, 12)
    header.write('        ', 148)
    header.write(dir ? '5' : link !== undefined ? '2' : '0', 156)
    if (link !== undefined) header.write(link, 157, 100)
    header.write('ustar\0' + '00', 257)
    octal(
      header,
      header.reduce((sum, byte) => sum + byte, 0),
      148,
      8,
    )
    blocks.push(header)
    if (size > 0) blocks.push(body, Buffer.alloc((512 - (size % 512)) % 512))
  }
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}

function octal(header, value, offset, length) {
  header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, offset, length)
}
