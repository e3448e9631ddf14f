import { t } from '../../../shared/l10n.ts'

/** What the editor tells of an instruction. Texts are Markdown in the user's language. */
export interface InstructionReference {
  readonly name: string
  readonly about: () => string
  /** How it is written, one form each. */
  readonly forms: readonly string[]
  /** What completion inserts; `$1` … are places to fill. */
  readonly snippets: readonly { readonly label: string; readonly text: string }[]
  /** The anchor of the section in Docker's reference. */
  readonly anchor: string
}

const reference = 'https://docs.docker.com/reference/dockerfile/'

export function referenceUrl(anchor: string): string {
  return `${reference}#${anchor}`
}

export const instructions: readonly InstructionReference[] = [
  {
    name: 'FROM',
    about: () =>
      t(
        'Starts a stage and says what it is built upon: an image, an earlier stage of this file, or `scratch` for nothing at all. Only ARG may stand before the first one. The last stage is what a build makes, unless `--target` names another.',
      ),
    forms: [
      'FROM [--platform=<platform>] <image>[:<tag>] [AS <name>]',
      'FROM [--platform=<platform>] <image>@<digest> [AS <name>]',
      'FROM <stage> [AS <name>]',
    ],
    snippets: [
      { label: 'FROM', text: 'FROM ${1:image}' },
      { label: 'FROM … AS', text: 'FROM ${1:image} AS ${2:name}' },
    ],
    anchor: 'from',
  },
  {
    name: 'RUN',
    about: () =>
      t(
        'Runs a command while the image is built and keeps what it changed as a layer. The shell form is read by the shell of SHELL; the exec form starts the program directly, without variables or pipes. A heredoc holds a whole script.',
      ),
    forms: ['RUN [<flags>] <command>', 'RUN [<flags>] ["<program>", "<argument>"]', 'RUN <<EOF'],
    snippets: [
      { label: 'RUN', text: 'RUN ${1:command}' },
      {
        label: 'RUN --mount=type=cache',
        text: 'RUN --mount=type=cache,target=${1:/root/.cache} ${2:command}',
      },
      { label: 'RUN <<EOF', text: 'RUN <<EOF\n${1:commands}\nEOF' },
    ],
    anchor: 'run',
  },
  {
    name: 'CMD',
    about: () =>
      t(
        'What a container of this image runs when nothing else is said, or the default arguments of ENTRYPOINT. Only the last one of a stage counts; nothing runs while the image is built. In the exec form the program is process 1 and gets the stop signal itself.',
      ),
    forms: ['CMD ["<program>", "<argument>"]', 'CMD ["<argument for ENTRYPOINT>"]', 'CMD <command>'],
    snippets: [{ label: 'CMD', text: 'CMD ["${1:program}"]' }],
    anchor: 'cmd',
  },
  {
    name: 'LABEL',
    about: () =>
      t(
        'Adds metadata to the image as pairs of key and value. Values with spaces are quoted. The keys of `org.opencontainers.image.*` (source, version, licenses …) are understood by registries.',
      ),
    forms: ['LABEL <key>=<value> [<key>=<value>…]'],
    snippets: [{ label: 'LABEL', text: 'LABEL ${1:key}="${2:value}"' }],
    anchor: 'label',
  },
  {
    name: 'MAINTAINER',
    about: () =>
      t('Names the author of the image. Deprecated: use `LABEL org.opencontainers.image.authors="…"`.'),
    forms: ['MAINTAINER <name>'],
    snippets: [],
    anchor: 'maintainer-deprecated',
  },
  {
    name: 'EXPOSE',
    about: () =>
      t(
        'Tells on which ports the container listens. It is documentation: a port is reachable from outside only when it is published (`-p`, or `-P` for all exposed ones).',
      ),
    forms: ['EXPOSE <port>[/tcp|/udp|/sctp] [<port>…]'],
    snippets: [{ label: 'EXPOSE', text: 'EXPOSE ${1:8080}' }],
    anchor: 'expose',
  },
  {
    name: 'ENV',
    about: () =>
      t(
        'Sets environment variables for the instructions below and for containers of the image. They stay in the image: for values that only the build needs use ARG, for secrets `RUN --mount=type=secret`.',
      ),
    forms: ['ENV <name>=<value> [<name>=<value>…]'],
    snippets: [{ label: 'ENV', text: 'ENV ${1:NAME}=${2:value}' }],
    anchor: 'env',
  },
  {
    name: 'ADD',
    about: () =>
      t(
        'Copies files into the image, and can do more than COPY: it unpacks local archives, downloads from an address and clones Git repositories. For plain files COPY says more clearly what happens.',
      ),
    forms: ['ADD [<flags>] <source>… <destination>', 'ADD [<flags>] ["<source>", "<destination>"]'],
    snippets: [{ label: 'ADD', text: 'ADD ${1:source} ${2:destination}' }],
    anchor: 'add',
  },
  {
    name: 'COPY',
    about: () =>
      t(
        'Copies files and folders into the image: from the build context, or with `--from` from another stage or image. Of a folder the contents are copied. With several sources the destination is a folder and ends with `/`.',
      ),
    forms: [
      'COPY [<flags>] <source>… <destination>',
      'COPY [<flags>] ["<source>", "<destination>"]',
      'COPY <<EOF <destination>',
    ],
    snippets: [
      { label: 'COPY', text: 'COPY ${1:source} ${2:destination}' },
      { label: 'COPY --from', text: 'COPY --from=${1:stage} ${2:source} ${3:destination}' },
    ],
    anchor: 'copy',
  },
  {
    name: 'ENTRYPOINT',
    about: () =>
      t(
        'The program that a container of this image always runs; CMD and the arguments of `docker run` are appended to it. In the shell form they are not, and signals do not reach the program.',
      ),
    forms: ['ENTRYPOINT ["<program>", "<argument>"]', 'ENTRYPOINT <command>'],
    snippets: [{ label: 'ENTRYPOINT', text: 'ENTRYPOINT ["${1:program}"]' }],
    anchor: 'entrypoint',
  },
  {
    name: 'VOLUME',
    about: () =>
      t(
        'Makes folders whose content a container keeps in volumes, outside its layers. What later instructions change in them may be lost.',
      ),
    forms: ['VOLUME <path> [<path>…]', 'VOLUME ["<path>"]'],
    snippets: [{ label: 'VOLUME', text: 'VOLUME ["${1:/data}"]' }],
    anchor: 'volume',
  },
  {
    name: 'USER',
    about: () =>
      t(
        'The user, and the group, for the RUN, CMD and ENTRYPOINT below. Numbers (`10001:10001`) work without an entry in `/etc/passwd` and can be checked by Kubernetes.',
      ),
    forms: ['USER <user>[:<group>]', 'USER <uid>[:<gid>]'],
    snippets: [{ label: 'USER', text: 'USER ${1:10001}' }],
    anchor: 'user',
  },
  {
    name: 'WORKDIR',
    about: () =>
      t(
        'The folder in which the instructions below and the container work; it is made when it is absent. A relative path starts at the WORKDIR before.',
      ),
    forms: ['WORKDIR <path>'],
    snippets: [{ label: 'WORKDIR', text: 'WORKDIR ${1:/app}' }],
    anchor: 'workdir',
  },
  {
    name: 'ARG',
    about: () =>
      t(
        'A variable of the build, set with `--build-arg`. It counts from its line to the end of the stage; one before the first FROM counts in FROM lines, and in a stage after a bare `ARG <name>`. Values can be seen in the history of the image: none for secrets.',
      ),
    forms: ['ARG <name>[=<default>] [<name>[=<default>]…]'],
    snippets: [{ label: 'ARG', text: 'ARG ${1:NAME}=${2:default}' }],
    anchor: 'arg',
  },
  {
    name: 'ONBUILD',
    about: () =>
      t('Keeps an instruction in the image, to be run when another build uses this image in its FROM.'),
    forms: ['ONBUILD <instruction>'],
    snippets: [{ label: 'ONBUILD', text: 'ONBUILD ${1:instruction}' }],
    anchor: 'onbuild',
  },
  {
    name: 'STOPSIGNAL',
    about: () =>
      t('The signal that asks a container of this image to stop, by name or number. Default: SIGTERM.'),
    forms: ['STOPSIGNAL <signal>'],
    snippets: [{ label: 'STOPSIGNAL', text: 'STOPSIGNAL ${1:SIGTERM}' }],
    anchor: 'stopsignal',
  },
  {
    name: 'HEALTHCHECK',
    about: () =>
      t(
        'A command that tells whether the container works: exit code 0 is healthy, 1 is not. `NONE` turns off the one of the base image.',
      ),
    forms: ['HEALTHCHECK [<flags>] CMD <command>', 'HEALTHCHECK NONE'],
    snippets: [
      { label: 'HEALTHCHECK', text: 'HEALTHCHECK --interval=${1:30s} --timeout=${2:3s} CMD ${3:command}' },
      { label: 'HEALTHCHECK NONE', text: 'HEALTHCHECK NONE' },
    ],
    anchor: 'healthcheck',
  },
  {
    name: 'SHELL',
    about: () =>
      t(
        'The shell that reads the shell forms below, as a JSON array. Default: `["/bin/sh", "-c"]`, on Windows `["cmd", "/S", "/C"]`.',
      ),
    forms: ['SHELL ["<program>", "<argument>"]'],
    snippets: [{ label: 'SHELL', text: 'SHELL ["${1:/bin/bash}", "${2:-o}", "${3:pipefail}", "${4:-c}"]' }],
    anchor: 'shell',
  },
]

const byName = new Map(instructions.map((instruction) => [instruction.name, instruction]))

export function instructionReference(name: string): InstructionReference | undefined {
  return byName.get(name)
}
