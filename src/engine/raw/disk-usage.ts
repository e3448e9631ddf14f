import type { DiskUsage } from '../model/system.ts'
import { type Fields, fields, items, number, text } from './fields.ts'

/** `GET /system/df`: lists at the top, or since API 1.52 `Items` within `ImageUsage` and its like. */
export function diskUsageOf(answer: Fields): DiskUsage {
  const rows = (old: string, since152: string): readonly Fields[] =>
    Array.isArray(answer[old]) ? items(answer[old]) : items(fields(answer[since152])['Items'])
  return {
    images: rows('Images', 'ImageUsage').map((row) => ({
      id: text(row['Id']),
      size: number(row['Size']),
      sharedSize: known(row['SharedSize']),
      containers: known(row['Containers']),
    })),
    containers: rows('Containers', 'ContainerUsage').map((row) => ({
      id: text(row['Id']),
      sizeRw: number(row['SizeRw']),
      sizeRootFs: number(row['SizeRootFs']),
    })),
    volumes: rows('Volumes', 'VolumeUsage').map((row) => {
      const usage = fields(row['UsageData'])
      return { name: text(row['Name']), size: known(usage['Size']), refCount: known(usage['RefCount']) }
    }),
    buildCache: rows('BuildCache', 'BuildCacheUsage').map((row) => ({
      id: text(row['ID']),
      size: number(row['Size']),
      inUse: row['InUse'] === true,
      description: text(row['Description']),
    })),
    layersSize: number(answer['LayersSize'] ?? fields(answer['ImageUsage'])['TotalSize']),
  }
}

/** Engines say -1 where they do not know. */
function known(value: unknown): number {
  return Math.max(0, number(value))
}
