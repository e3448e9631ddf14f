import { imageFault, splitImage } from '../rules/facts/image.ts'

/** The page where a person reads about an image; undefined for registries without one. */
export function imagePage(reference: string): string | undefined {
  if (imageFault(reference) !== undefined) return undefined
  const { registry, repository } = splitImage(reference)
  const path = repository
  switch (registry) {
    case undefined:
    case 'docker.io':
    case 'index.docker.io':
      if (repository === 'scratch') return 'https://hub.docker.com/_/scratch'
      if (!repository.includes('/')) return `https://hub.docker.com/_/${path}`
      return repository.startsWith('library/')
        ? `https://hub.docker.com/_/${path.slice('library/'.length)}`
        : `https://hub.docker.com/r/${path}`
    case 'ghcr.io': {
      const [owner, name] = path.split('/')
      return owner && name
        ? `https://github.com/${owner}/${name}/pkgs/container/${path.slice(owner.length + 1).replaceAll('/', '%2F')}`
        : undefined
    }
    case 'quay.io':
      return `https://quay.io/repository/${path}`
    case 'mcr.microsoft.com':
      return `https://mcr.microsoft.com/artifact/mar/${path}`
    case 'gcr.io':
      return `https://gcr.io/${path}`
    case 'public.ecr.aws':
      return `https://gallery.ecr.aws/${path}`
    case 'registry.access.redhat.com':
    case 'registry.redhat.io':
      return `https://catalog.redhat.com/software/containers/${path}`
    default:
      return undefined
  }
}
