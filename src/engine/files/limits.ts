/** Bytes that an editor holds in memory; larger files are downloaded. */
export const largestOpened = 64 * 1024 * 1024
