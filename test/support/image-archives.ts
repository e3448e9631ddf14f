import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { pack, type Header } from 'tar-stream'

/** An entry of a tar; without a type it is a file with this text. */
export type TarPart = Partial<Header> & { readonly name: string; readonly text?: string }

export async function tarBytes(parts: readonly TarPart[]): Promise<Buffer> {
  const archive = pack()
  for (const { text, ...header } of parts) archive.entry(header as Header, text ?? '')
  archive.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of archive as unknown as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Something that stands in an archive under a name: bytes, JSON, or a link. */
export type ArchivePart = readonly [name: string, content: Buffer | object | { readonly to: string }]

export async function archiveBytes(parts: readonly ArchivePart[]): Promise<Buffer> {
  const archive = pack()
  for (const [name, content] of parts)
    if ('to' in content) archive.entry({ name, type: 'symlink', linkname: content.to as string })
    else archive.entry({ name }, Buffer.isBuffer(content) ? content : JSON.stringify(content))
  archive.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of archive as unknown as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const hex = (content: Buffer): string => createHash('sha256').update(content).digest('hex')

/** A configuration whose steps are these layers, with a step that has none between the first two. */
export const configFor = (layers: readonly Buffer[], run: object = {}): object => ({
  os: 'linux',
  architecture: 'amd64',
  config: run,
  rootfs: { type: 'layers', diff_ids: layers.map((layer) => `sha256:${hex(layer)}`) },
  history: layers.flatMap((_, i) => [
    { created: '2026-01-02T03:04:05Z', created_by: `/bin/sh -c step ${i + 1}` },
    ...(i === 0 ? [{ created_by: '/bin/sh -c #(nop)  ENV A=b', empty_layer: true }] : []),
  ]),
})

/** As engines 20.10 to 24 save an image. */
export const dockerArchive = (layers: readonly Buffer[], config = configFor(layers)): Promise<Buffer> =>
  archiveBytes([
    ...layers.flatMap((layer, i): ArchivePart[] => [
      [`layer${i}/VERSION`, Buffer.from('1.0')],
      [`layer${i}/layer.tar`, layer],
    ]),
    ['c0ffee.json', config],
    ['manifest.json', [{ Config: 'c0ffee.json', Layers: layers.map((_, i) => `layer${i}/layer.tar`) }]],
  ])

/** The OCI layout with layers packed as they are given; `order` sorts the blobs by their names, as engines do. */
export async function ociArchive(
  layers: readonly Buffer[],
  packed: readonly Buffer[] = layers.map((layer) => gzipSync(layer)),
): Promise<Buffer> {
  const blobs = new Map<string, Buffer>()
  const put = (content: Buffer): { readonly digest: string; readonly size: number } => {
    blobs.set(`blobs/sha256/${hex(content)}`, content)
    return { digest: `sha256:${hex(content)}`, size: content.length }
  }
  const json = (value: object) => put(Buffer.from(JSON.stringify(value)))
  const manifest = json({
    schemaVersion: 2,
    config: json(configFor(layers)),
    layers: packed.map(put),
  })
  const platforms = json({
    schemaVersion: 2,
    manifests: [
      { digest: `sha256:${'0'.repeat(64)}`, platform: { os: 'linux', architecture: 'arm64' } },
      {
        ...json({ schemaVersion: 2, config: {}, layers: [] }),
        annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
      },
      { ...manifest, platform: { os: 'linux', architecture: 'amd64' } },
    ],
  })
  const parts = [...blobs].sort(([a], [b]) => (a < b ? -1 : 1))
  return archiveBytes([...parts, ['index.json', { schemaVersion: 2, manifests: [platforms] }]])
}

/** The bytes in chunks of a size that divides nothing. */
export async function* chunked(content: Buffer, size = 1009): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += size)
    yield await Promise.resolve(content.subarray(at, at + size))
}
