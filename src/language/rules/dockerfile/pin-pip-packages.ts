import { defineRule } from '../define-rule.ts'
import { hasOption } from '../facts/arguments.ts'
import { unpinned } from '../facts/installs.ts'
import { pipInstalls } from '../facts/pip.ts'

export default defineRule({
  id: 'pin-pip-packages',
  aliases: ['DL3013'],
  severity: 'hint',
  summary: 'Packages of `pip install` without a version',
  why: 'Without a version the same Dockerfile installs other packages on another day. Pin them, or use a requirements file or constraints.',
  examples: [
    {
      bad: 'FROM python:3\nRUN «pip install» django\nRUN python3 -m «pip install» -U pip\n',
      good: 'FROM python:3\nRUN pip install django==4.2 "x~=1.0" git+https://github.com/a/b@v1 . ./c d.whl\nRUN pip install -r requirements.txt\nRUN pip3 install -c c.txt django\n',
    },
  ],
  check: (_doc, context) =>
    unpinned(
      pipInstalls(context).filter(
        ({ command }) => !hasOption(command, 'r', 'requirement', 'c', 'constraint', 'e', 'editable'),
      ),
      isPinned,
      '`name==version`',
    ),
})

function isPinned(name: string): boolean {
  if (/^(git|hg|svn|bzr)\+|\.git(@|$)/.test(name))
    return name.replace(/^\w+\+\w+:\/\/([^/]*@)?/, '').includes('@')
  return /[=<>~!]=|[<>]|^\.{0,2}\/|^\.{1,2}$|\.(whl|tar\.\w+|zip|tgz)(#|$)|^https?:| @ |^\.\[/.test(name)
}
