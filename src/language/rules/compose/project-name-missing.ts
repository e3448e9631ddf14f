import { t } from '../../../shared/l10n.ts'
import { entryOf } from '../../compose/yaml/nodes.ts'
import { defineComposeRule } from './define-rule.ts'

export default defineComposeRule({
  id: 'project-name-missing',
  aliases: ['require-project-name-field'],
  severity: 'off',
  summary: 'A file without `name`: the project is called after its folder.',
  why:
    'Two copies of the project in folders of the same name share containers and volumes; a folder that is renamed makes ' +
    'another project. Off by default.',
  references: ['https://docs.docker.com/reference/compose-file/version-and-name/#name-top-level-element'],
  examples: [
    {
      bad: '«services»:\n  web:\n    image: web:1\n',
      good: 'name: shop\nservices:\n  web:\n    image: web:1\n',
    },
  ],
  *check(doc) {
    const [root] = doc.yaml.documents
    const services = entryOf(root, 'services')
    if (services === undefined || doc.yaml.documents.some((each) => entryOf(each, 'name') !== undefined))
      return
    // Another file of the project may name it.
    if (doc.project.model?.entries.has('name') === true) return
    yield {
      range: { start: services.key.start, end: services.key.end },
      message: t('The project has no `name`: it is called after its folder.'),
    }
  },
})
