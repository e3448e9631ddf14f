import type { TextRange } from '../../../shared/text-range.ts'
import type { Completion } from '../../answers.ts'
import type { DockerfileDoc, Instruction } from '../model.ts'
import { imageLabels } from '../reference/labels.ts'

export function labelItems(doc: DockerfileDoc, { pairs }: Instruction, range: TextRange): Completion[] {
  const hasValue = /^[\w.-]*=/.test(doc.text.slice(range.end, range.end + 200))
  return imageLabels
    .filter(({ key }) => !pairs.some((pair) => pair.key === key && pair.keyRange.start !== range.start))
    .map(({ key, about }) => ({
      label: key,
      kind: 'property',
      edit: { range, newText: hasValue ? key : `${key}="$1"` },
      ...(!hasValue && { snippet: true }),
      detail: about(),
    }))
}
