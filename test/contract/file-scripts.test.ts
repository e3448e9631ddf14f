import { ensurePackages } from '../../scripts/hosts/hosts.mjs'

// What `npm run check` tries with the programs that a machine has is tried here with all that containers have.
await ensurePackages('the programs that files of containers are handled with', {
  'busybox-static': '/bin/busybox',
  dash: '/bin/dash',
  mksh: '/bin/mksh',
  toybox: '/usr/bin/toybox',
})
process.env['QUAYSIDE_EVERY_PROGRAM'] = 'yes'
await import('../unit/engine/files/cause.test.ts')
await import('../unit/engine/files/list-script.test.ts')
await import('../unit/engine/files/settle.test.ts')
