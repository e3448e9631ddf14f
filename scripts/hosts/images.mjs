// The images of the tests, made on this machine: no registry is needed and their ids are the same everywhere
// where the programs in them are.
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cached } from './cache.mjs'
import { ensurePackages } from './debian.mjs'
import { output } from './processes.mjs'
import { tar } from './tar.mjs'

const sha256 = (data) => createHash('sha256').update(data).digest('hex')

/** Files for `docker load`: a busybox with its shell, and one static program without any shell. */
export async function imageArchives() {
  await ensurePackages('the images of the tests', {
    'busybox-static': '/bin/busybox',
    gcc: 'gcc',
    'libc6-dev': '/usr/include/stdlib.h',
  })
  const folder = await cached('images-1', 'making the images of the tests', async (draft) => {
    writeFileSync(join(draft, 'busybox.tar'), await busybox())
    writeFileSync(join(draft, 'distroless.tar'), await distroless())
  })
  return [join(folder, 'busybox.tar'), join(folder, 'distroless.tar')]
}

async function busybox() {
  const applets = (await output('/bin/busybox', ['--list'])).trim().split('\n')
  const folders = ['bin', 'dev', 'etc', 'home', 'proc', 'root', 'sys', 'tmp', 'usr', 'usr/bin', 'var', 'www']
  const rootfs = [
    ...folders.map((name) => ({ name, dir: true, mode: name === 'tmp' ? 0o1777 : 0o755 })),
    { name: 'bin/busybox', data: readFileSync('/bin/busybox'), mode: 0o755 },
    ...applets
      .filter((name) => name !== 'busybox')
      .map((name) => ({ name: `bin/${name}`, link: 'busybox', mode: 0o777 })),
    { name: 'etc/passwd', data: 'root:x:0:0:root:/root:/bin/sh\nwww:x:1000:1000:www:/www:/bin/sh\n' },
    { name: 'etc/group', data: 'root:x:0:\nwww:x:1000:\n' },
    { name: 'etc/os-release', data: 'NAME=BusyBox\nID=busybox\nVERSION_ID=1.36\nPRETTY_NAME="BusyBox"\n' },
    { name: 'www/index.html', data: '<h1>It runs</h1>\n' },
  ]
  return imageArchive(['quayside/busybox:latest', 'busybox:latest', 'busybox:1.36'], rootfs, {
    Cmd: ['sh'],
    Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
  })
}

const tickerSource = `
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
static volatile sig_atomic_t stop;
static void on_signal(int number) { stop = number; }
int main(void) {
  signal(SIGTERM, on_signal);
  signal(SIGINT, on_signal);
  printf("ready\\n");
  fflush(stdout);
  for (int tick = 1; !stop; tick++) {
    sleep(1);
    printf("tick %d\\n", tick);
    fflush(stdout);
  }
  return 0;
}
`

async function distroless() {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-'))
  try {
    writeFileSync(join(folder, 'ticker.c'), tickerSource)
    await output('gcc', ['-O1', '-static', '-s', '-o', 'ticker', 'ticker.c'], { cwd: folder })
    const rootfs = [
      ...['dev', 'etc', 'proc', 'sys', 'tmp'].map((name) => ({ name, dir: true, mode: 0o755 })),
      {
        name: 'etc/passwd',
        data: 'root:x:0:0:root:/:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/:/sbin/nologin\n',
      },
      { name: 'ticker', data: readFileSync(join(folder, 'ticker')), mode: 0o755 },
    ]
    return imageArchive(['quayside/distroless:latest'], rootfs, {
      Entrypoint: ['/ticker'],
      Env: ['PATH=/'],
      Labels: { 'org.opencontainers.image.title': 'distroless' },
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What `docker save` would write for an image of one layer. */
function imageArchive(tags, rootfs, config) {
  const layer = tar(rootfs)
  const layerId = sha256(layer)
  const created = '2024-01-01T00:00:00Z'
  const image = JSON.stringify({
    architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
    os: 'linux',
    created,
    config,
    rootfs: { type: 'layers', diff_ids: [`sha256:${layerId}`] },
    history: [{ created, created_by: 'COPY rootfs / # made for the tests of Quayside' }],
  })
  const configName = `${sha256(image)}.json`
  return tar([
    { name: configName, data: image },
    { name: layerId, dir: true, mode: 0o755 },
    { name: `${layerId}/VERSION`, data: '1.0' },
    { name: `${layerId}/json`, data: JSON.stringify({ id: layerId, created, os: 'linux' }) },
    { name: `${layerId}/layer.tar`, data: layer },
    {
      name: 'manifest.json',
      data: JSON.stringify([{ Config: configName, RepoTags: tags, Layers: [`${layerId}/layer.tar`] }]),
    },
  ])
}
