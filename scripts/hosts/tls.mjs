// A certificate authority, a server and a client of it, for an engine on the loopback.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensurePackages } from './debian.mjs'
import { output } from './processes.mjs'

/** Makes `ca.pem`, `cert.pem`, `key.pem` (the client's, as DOCKER_CERT_PATH wants them) and `server-*.pem` in the folder. */
export async function tlsMaterials(folder) {
  await ensurePackages('an engine with TLS', { openssl: 'openssl' })
  mkdirSync(folder, { recursive: true })
  const file = (name) => join(folder, name)
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const openssl = async (...args) => await output('openssl', args, { cwd: folder })
  await openssl(
    'req',
    '-x509',
    ...key,
    '-days',
    '2',
    '-subj',
    '/CN=quayside tests',
    '-keyout',
    'ca-key.pem',
    '-out',
    'ca.pem',
  )
  const sign = async (who, subject, extensions) => {
    writeFileSync(file(`${who}.ext`), extensions)
    await openssl('req', '-new', ...key, '-subj', subject, '-keyout', `${who}key.pem`, '-out', `${who}.csr`)
    const ca = ['-CA', 'ca.pem', '-CAkey', 'ca-key.pem', '-CAcreateserial', '-days', '2']
    await openssl(
      'x509',
      '-req',
      '-in',
      `${who}.csr`,
      ...ca,
      '-extfile',
      `${who}.ext`,
      '-out',
      `${who}cert.pem`,
    )
  }
  await sign(
    'server-',
    '/CN=localhost',
    'subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n',
  )
  await sign('', '/CN=client', 'extendedKeyUsage=clientAuth\n')
  return folder
}
