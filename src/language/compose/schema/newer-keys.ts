/** Keys of the newest Compose Specification that Compose 2.40 still refuses, with the version that takes them. */
export const newerKeys: ReadonlyMap<string, string> = new Map([
  ['services.*.pre_start', '5.0'],
  ['services.*.build.no_cache_filter', '5.0'],
])
