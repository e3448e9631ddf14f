import { describe, expect, test } from 'vitest'
import { fixedParts, kept, languages, readBundle, translationFiles } from '../../../scripts/translations.ts'

describe.each(languages)('translations into %s', (language) => {
  test.each(translationFiles(language))('%s: every text is in %s', (english, translated) => {
    const [texts, translations] = [readBundle(english), readBundle(translated)]
    expect(Object.keys(texts).length).toBeGreaterThan(100)
    const missing = Object.keys(texts).filter((key) => (translations[key] ?? '').trim() === '')
    expect(missing, `add these to ${translated}`).toEqual([])
  })

  test.each(translationFiles(language))(
    '%s: placeholders and links are the same in %s',
    (english, translated) => {
      const [texts, translations] = [readBundle(english), readBundle(translated)]
      for (const [key, text] of Object.entries(translations))
        expect([key, fixedParts(text)]).toEqual([key, fixedParts(texts[key] ?? text)])
    },
  )

  test.each(translationFiles(language))('%s: %s is really in another language', (_, translated) => {
    const texts = Object.values(readBundle(translated))
    const hangul = texts.filter((text) => /[가-힣]/.test(text))
    expect(hangul.length).toBeGreaterThan(texts.length * 0.95)
  })
})

test('a translation of a text that has changed goes, so that it is missed', () => {
  expect(kept({ a: 'new', b: 'B' }, { a: '가', b: '나' }, { a: 'old', b: 'B' })).toEqual({ b: '나' })
})

test('translations of texts that have gone go too, and the order is that of the English ones', () => {
  expect(Object.entries(kept({ a: 'A', b: 'B' }, { b: '나', z: '하', a: '가' }))).toEqual([
    ['a', '가'],
    ['b', '나'],
  ])
})
