import type { DockerfileDoc, Instruction } from '../../dockerfile/model.ts'
import { splitImage } from './image.ts'
import { rootImage } from './stages.ts'

/** What kind of system the base image of a stage is, as far as its name tells. */
export type Family = 'alpine' | 'debian' | 'redhat' | 'suse' | 'unknown'

const debianImages =
  /^(debian|ubuntu|node|python|ruby|golang|rust|php|perl|gcc|buildpack-deps|nginx|httpd|postgres|mysql|mariadb|redis|eclipse-temurin|openjdk|maven|gradle|tomcat|wordpress|elixir|erlang|haskell|r-base|julia|swift)$/

export function familyOf(doc: DockerfileDoc, instruction: Instruction): Family {
  const stage = doc.stages[instruction.stage]
  if (!stage) return 'unknown'
  const { repository, tag } = splitImage(rootImage(doc, stage))
  const name = repository.replace(/^.*\//, '')
  if (/alpine|busybox/.test(name) || /alpine|busybox/.test(tag ?? '')) return 'alpine'
  if (
    /fedora|centos|redhat|rhel|ubi\d|rockylinux|almalinux|amazonlinux|oraclelinux/.test(
      `${name} ${tag ?? ''}`,
    )
  )
    return 'redhat'
  if (/suse|leap|tumbleweed/.test(name)) return 'suse'
  return debianImages.test(name) ? 'debian' : 'unknown'
}
