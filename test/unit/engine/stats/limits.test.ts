import { expect, test } from 'vitest'
import { limitsOf } from '../../../../src/engine/stats/limits.ts'

const limits = (host: object) => limitsOf({ HostConfig: host })

test('CPUs as docker run --cpus sets them', () =>
  expect(limits({ NanoCpus: 1_500_000_000 })).toEqual({ cpus: 1.5 }))

test('a quota is of its period, or of that of the kernel', () => {
  expect(limits({ CpuQuota: 25_000, CpuPeriod: 50_000 })).toEqual({ cpus: 0.5 })
  expect(limits({ CpuQuota: 25_000, CpuPeriod: 0 })).toEqual({ cpus: 0.25 })
})

test('the CPUs that it may run on limit it too, and the least limit holds', () => {
  expect(limits({ CpusetCpus: '0-2,5' })).toEqual({ cpus: 4 })
  expect(limits({ CpusetCpus: '0-2,5', NanoCpus: 500_000_000 })).toEqual({ cpus: 0.5 })
})

test('memory in bytes', () => expect(limits({ Memory: 67_108_864 })).toEqual({ memory: 67_108_864 }))

test('processes', () => expect(limits({ PidsLimit: 200 })).toEqual({ pids: 200 }))

test('no limit, as engines tell it', () => {
  expect(
    limits({ NanoCpus: 0, CpuQuota: -1, CpuPeriod: 0, CpusetCpus: '', Memory: 0, PidsLimit: -1 }),
  ).toEqual({})
  expect(limits({ NanoCpus: null, CpusetCpus: 'all', Memory: '64m', PidsLimit: null })).toEqual({})
  expect(limitsOf({})).toEqual({})
})
