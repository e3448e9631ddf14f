import { describe, expect, test } from 'vitest'
import { sampleOf } from '../../../../src/engine/stats/sample.ts'

const read = '2026-05-01T10:00:01.000000000Z'
const record = {
  read,
  preread: '2026-05-01T10:00:00.000000000Z',
  cpu_stats: { cpu_usage: { total_usage: 3_000_000_000 }, system_cpu_usage: 104_000_000_000, online_cpus: 4 },
  precpu_stats: { cpu_usage: { total_usage: 2_000_000_000 }, system_cpu_usage: 100_000_000_000 },
  memory_stats: { usage: 100_000_000, limit: 512_000_000, stats: { inactive_file: 30_000_000 } },
  networks: { eth0: { rx_bytes: 10, tx_bytes: 1 }, eth1: { rx_bytes: 20, tx_bytes: 2 } },
  blkio_stats: {
    io_service_bytes_recursive: [
      { op: 'read', value: 5 },
      { op: 'Read', value: 7 },
      { op: 'write', value: 9 },
      { op: 'sync', value: 99 },
    ],
  },
  pids_stats: { current: 12, limit: 100 },
}

test('a record of Linux in the units people read', () => {
  expect(sampleOf(record)).toEqual({
    time: Date.parse(read),
    // 1 s of CPU time while the four CPUs passed 4 s together: one of them was busy all the time.
    cpu: 100,
    cpus: 4,
    memory: 70_000_000,
    memoryLimit: 512_000_000,
    received: 30,
    sent: 3,
    read: 12,
    written: 9,
    pids: 12,
    pidsLimit: 100,
  })
})

describe('memory without cache', () => {
  const memory = (stats: object, usage = 100) =>
    sampleOf({ ...record, memory_stats: { usage, limit: 1000, stats } })?.memory
  test('cgroup v2 tells inactive_file', () => expect(memory({ inactive_file: 40 })).toBe(60))
  test('cgroup v1 tells total_inactive_file, which counts the children too', () =>
    expect(memory({ total_inactive_file: 30, inactive_file: 10 })).toBe(70))
  test('a cache larger than the use is not believed', () => expect(memory({ inactive_file: 200 })).toBe(100))
  test('without details it is the use', () => expect(memory({})).toBe(100))
})

describe('what is not there', () => {
  test('the first record has nothing to compare CPU time with', () =>
    expect(sampleOf({ ...record, precpu_stats: {} })?.cpu).toBeUndefined())
  test('the last record of a stopped container is none', () =>
    expect(sampleOf({ read: '0001-01-01T00:00:00Z' })).toBeUndefined())
  test('a record without fields does not throw', () => expect(sampleOf({ read })?.memory).toBe(0))
  test('an engine without online_cpus tells a counter for each CPU', () => {
    const cpu_stats = { cpu_usage: { total_usage: 3e9, percpu_usage: [1, 2] }, system_cpu_usage: 104e9 }
    expect(sampleOf({ ...record, cpu_stats })?.cpu).toBe(50)
  })
  test('no limit of processes, as either kernel tells it', () => {
    expect(sampleOf({ ...record, pids_stats: { current: 1 } })?.pidsLimit).toBeUndefined()
    expect(
      sampleOf({ ...record, pids_stats: { current: 1, limit: 18446744073709551615 } })?.pidsLimit,
    ).toBeUndefined()
  })
})

test('a record as an engine on cgroup v2 sends it', () => {
  const sample = sampleOf({
    read,
    preread: '2026-05-01T10:00:00.000000000Z',
    num_procs: 0,
    storage_stats: {},
    pids_stats: { current: 3, limit: 18446744073709551615 },
    blkio_stats: {
      io_service_bytes_recursive: [
        { major: 259, minor: 0, op: 'read', value: 4096 },
        { major: 259, minor: 0, op: 'write', value: 8192 },
      ],
      io_serviced_recursive: null,
      io_queue_recursive: null,
    },
    cpu_stats: {
      cpu_usage: { total_usage: 700_000_000, usage_in_kernelmode: 1, usage_in_usermode: 2 },
      system_cpu_usage: 12_000_000_000,
      online_cpus: 2,
      throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 0 },
    },
    precpu_stats: {
      cpu_usage: { total_usage: 200_000_000 },
      system_cpu_usage: 10_000_000_000,
      online_cpus: 2,
    },
    memory_stats: {
      usage: 41_943_040,
      limit: 67_108_864,
      stats: { anon: 10_000_000, file: 31_000_000, active_file: 1_048_576, inactive_file: 20_971_520 },
    },
  })
  expect(sample).toMatchObject({
    // 0.5 s of CPU time in one second of two CPUs.
    cpu: 50,
    cpus: 2,
    memory: 20_971_520,
    memoryLimit: 67_108_864,
    received: 0,
    read: 4096,
    written: 8192,
    pids: 3,
    pidsLimit: undefined,
  })
})

test('a record of Windows', () => {
  const sample = sampleOf({
    read,
    preread: '2026-05-01T10:00:00.000000000Z',
    num_procs: 2,
    cpu_stats: { cpu_usage: { total_usage: 15_000_000 } },
    precpu_stats: { cpu_usage: { total_usage: 5_000_000 } },
    memory_stats: { privateworkingset: 77 },
    storage_stats: { read_size_bytes: 3, write_size_bytes: 4 },
  })
  expect(sample).toMatchObject({ cpu: 50, memory: 77, read: 3, written: 4 })
})
