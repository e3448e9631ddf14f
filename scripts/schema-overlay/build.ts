import type { WordTable } from './words.ts'

export const buildWords: WordTable = {
  context: ['The folder (or repository) whose files the build can use.', 'context: ./app'],
  dockerfile: ['The Dockerfile, from the context on.', 'dockerfile: docker/Dockerfile.dev'],
  dockerfile_inline: [
    'The Dockerfile itself. Not together with `dockerfile`.',
    'dockerfile_inline: |\n  FROM alpine\n  RUN apk add curl',
    '2.17',
  ],
  target: ['The stage to build.', 'target: dev'],
  args: [
    'Values for the `ARG`s of the Dockerfile. A name alone takes the value from the shell.',
    'args:\n  NODE_VERSION: "22"',
  ],
  additional_contexts: [
    'Further folders, images or services that the Dockerfile can copy from by name.',
    'additional_contexts:\n  assets: ./assets\n  base: service:base',
    '2.17',
  ],
  cache_from: ['Where the cache is read from.', 'cache_from:\n  - type=registry,ref=example.com/app:cache'],
  cache_to: ['Where the cache is written to.', 'cache_to:\n  - type=local,dest=.cache'],
  no_cache: 'Build without the cache.',
  pull: 'Pull the base images even where they are here.',
  platforms: ['The platforms to build for.', 'platforms:\n  - linux/amd64\n  - linux/arm64'],
  tags: ['Further names for the image.', 'tags:\n  - example.com/app:1.2'],
  labels: 'Labels of the image.',
  secrets: ['Secrets for `RUN --mount=type=secret`.', 'secrets:\n  - npm_token'],
  ssh: ['Keys or agents for `RUN --mount=type=ssh`.', 'ssh:\n  - default'],
  network: 'The network of `RUN`: `host`, `none` or a name.',
  extra_hosts: 'Names with addresses for `RUN`.',
  shm_size: 'The size of `/dev/shm` while building.',
  ulimits: ['Limits of the processes while building.', undefined, '2.23.1'],
  isolation: 'How the build is kept apart, on Windows.',
  privileged: ['Build with all rights.', undefined, '2.15'],
  entitlements: ['Rights the build asks for.', 'entitlements:\n  - network.host', '2.27.1'],
  provenance: [
    'A statement of how the image was made: true, false, or options.',
    'provenance: mode=max',
    '2.39',
  ],
  sbom: ['A list of what is in the image: true, false, or options.', 'sbom: true', '2.39'],
}
