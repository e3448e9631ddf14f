import type { Container } from '../model/container.ts'

/** Whether engines tell what it uses: one that is paused computes nothing and keeps its memory. */
export const hasUse = ({ state }: Pick<Container, 'state'>): boolean =>
  state === 'running' || state === 'paused'
