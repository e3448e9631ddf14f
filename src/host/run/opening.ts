import { randomUUID } from 'node:crypto'
import * as vscode from 'vscode'
import type { RunFormOpening, RunFormRequest } from '../../commands/run/form-messages.ts'
import { shellValues } from '../../commands/run/surroundings.ts'
import type { PlainSpec } from '../../shared/docker-run/plain-spec.ts'
import { plain } from '../../shared/sinks.ts'

const emptySpec: PlainSpec = { flags: { detach: 'true' }, image: '', command: [] }

/** What the page of a run form begins with; `engine` is what the user calls it, `folder` the first one that is open. */
export function openingOf(
  { engine: id, spec = emptySpec, replaces }: RunFormRequest,
  engine: string,
  folder: string | undefined,
): RunFormOpening {
  return {
    id: randomUUID(),
    engine,
    saved: {
      engine: id,
      ...(replaces === undefined ? {} : { replaces: { id: replaces.id, name: replaces.name } }),
    },
    spec,
    ...(replaces === undefined ? {} : { replaces: plain(replaces.name, 80) }),
    shell: shellValues(folder),
    texts: vscode.l10n.bundle ?? {},
  }
}
