import { join } from 'node:path'
import { t } from '../shared/l10n.ts'
import { type Surroundings, configFolder } from './config-files.ts'
import type { TlsMaterial } from './endpoint.ts'
import { EngineError } from './errors.ts'
import { Secret } from './secret.ts'

async function material(
  around: Surroundings,
  folder: string,
  skipVerify: boolean,
  needsCa: boolean,
): Promise<TlsMaterial> {
  const [ca, cert, key] = await Promise.all(
    ['ca.pem', 'cert.pem', 'key.pem'].map((name) => around.files.read(join(folder, name))),
  )
  if (needsCa && ca === undefined)
    throw new EngineError('invalid', t('There is no ca.pem in {0}.', folder), {
      nextStep: t('Put ca.pem, cert.pem and key.pem there, or set DOCKER_CERT_PATH.'),
    })
  if ((cert === undefined) !== (key === undefined))
    throw new EngineError('invalid', t('Of cert.pem and key.pem in {0}, one is missing.', folder), {
      nextStep: t('Put both there.'),
    })
  return {
    skipVerify,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined || key === undefined ? {} : { cert, key: new Secret(key.toString('utf8')) }),
  }
}

/**
 * What the environment says of TLS, by the CLI's rules: any value of `DOCKER_TLS_VERIFY` means verify, any of `DOCKER_TLS`
 * means TLS without verifying; the files are in `DOCKER_CERT_PATH`, else in the configuration folder.
 */
export async function environmentTls(around: Surroundings): Promise<TlsMaterial | undefined> {
  const { env } = around
  const verify = (env['DOCKER_TLS_VERIFY'] ?? '') !== ''
  if (!verify && (env['DOCKER_TLS'] ?? '') === '') return undefined
  const folder = env['DOCKER_CERT_PATH']
  return material(
    around,
    folder === undefined || folder === '' ? configFolder(around) : folder,
    !verify,
    verify,
  )
}

/** A context's: TLS where it has files, or says that nothing is verified. */
export async function contextTls(
  around: Surroundings,
  folder: string,
  skipVerify: boolean,
): Promise<TlsMaterial | undefined> {
  const names = await around.files.list(folder)
  if (!names.some((name) => name.endsWith('.pem')) && !skipVerify) return undefined
  return material(around, folder, skipVerify, false)
}
