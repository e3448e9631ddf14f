import { dollars } from './compose-values.ts'
import { raw, type Yaml } from './compose-yaml.ts'

export const healthFlags = [
  'health-cmd',
  'health-interval',
  'health-timeout',
  'health-start-period',
  'health-start-interval',
  'health-retries',
  'no-healthcheck',
]

export function healthcheck(text: (flag: string) => string | undefined): Yaml | undefined {
  if (text('no-healthcheck') === 'true') return { disable: raw('true') }
  const command = text('health-cmd')
  const keys = [
    ['health-interval', 'interval'],
    ['health-timeout', 'timeout'],
    ['health-start-period', 'start_period'],
    ['health-start-interval', 'start_interval'],
    ['health-retries', 'retries'],
  ] as const
  const rest = Object.fromEntries(
    keys.flatMap(([flag, name]) => (text(flag) === undefined ? [] : [[name, text(flag)!]])),
  )
  if (command === undefined && Object.keys(rest).length === 0) return undefined
  return { ...(command === undefined ? {} : { test: ['CMD-SHELL', dollars(command)] }), ...rest }
}
