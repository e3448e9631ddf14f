import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { expand } from '../facts/expand.ts'
import { parsePlatform } from '../facts/platform.ts'
import { globalArguments } from '../facts/scopes.ts'

export default defineRule({
  id: 'invalid-base-image-platform',
  aliases: ['InvalidBaseImagePlatform'],
  severity: 'warning',
  summary: 'Local base image for another platform than FROM asks for',
  why: 'The image of this name on the engine is for another platform. Its programs run slowly under emulation or not at all. Pull the image for the wanted platform.',
  examples: [
    {
      bad: 'FROM --platform=linux/arm64 «alpine:3»\n',
      good: 'FROM --platform=linux/amd64 alpine:3\nFROM --platform=$BUILDPLATFORM alpine:3\nFROM --platform=linux/arm64 debian\n',
      options: { images: { 'alpine:3': 'linux/amd64' } },
    },
  ],
  *check(doc, { imagePlatform }) {
    const globals = globalArguments(doc)
    for (const { base, baseRange, baseStage, platform } of doc.stages) {
      const wanted = platform?.value === undefined ? undefined : parsePlatform(platform.value)
      if (!wanted || !baseRange || baseStage !== undefined) continue
      const name = expand(base, doc.escape, (variable) => globals.get(variable)).text
      const actual = name === undefined ? undefined : parsePlatform(imagePlatform(name) ?? '')
      if (!actual || (actual.os === wanted.os && actual.architecture === wanted.architecture)) continue
      yield {
        range: baseRange,
        message: t(
          'The image `{0}` on the engine is for {1}, not for {2}.',
          base,
          `${actual.os}/${actual.architecture}`,
          `${wanted.os}/${wanted.architecture}`,
        ),
      }
    }
  },
})
