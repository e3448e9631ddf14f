import { nameOf, served, syntax, type Folder, type Project, type Stack } from '../project.ts'

const plain = (folder: Folder): Project => ({
  stack: 'static',
  name: nameOf(folder, ''),
  version: '1',
  port: 8080,
  innerPort: 8080,
  member: '',
  manager: 'none',
  entry: 'index.html',
  runner: 'none',
})

export const staticSite: Stack = {
  id: 'static',
  title: 'HTML',
  plain,
  detect: (folder) => (folder.names.some((name) => /^index\.html?$/.test(name)) ? [plain(folder)] : []),
  dockerfile: () => `${syntax}${served('.')}`,
  ignored: () => [],
}
