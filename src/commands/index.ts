import type { Command } from './command.ts'
import { buildCommands } from './build.ts'
import { composeCommands } from './compose.ts'
import { containerChangeCommands } from './container-change.ts'
import { containerCopyCommands } from './container-copy.ts'
import { containerEndCommands } from './container-end.ts'
import { containerShowCommands } from './container-show.ts'
import { containerCommands } from './containers.ts'
import { copyAsCommands } from './copy-as.ts'
import { engineCommands } from './engines.ts'
import { fileChangeCommands } from './file-change.ts'
import { fileCompareCommands } from './file-compare.ts'
import { fileCopyCommands } from './file-copy.ts'
import { fileDownloadCommands } from './file-download.ts'
import { filePasteCommands } from './file-paste.ts'
import { fileRowCommands } from './file-rows.ts'
import { fileSearchCommands } from './file-search.ts'
import { fileUploadCommands } from './file-upload.ts'
import { fileCommands } from './files.ts'
import { groupCommands } from './groups.ts'
import { imageFileCommands } from './image-files.ts'
import { imageLayerCommands } from './image-layers.ts'
import { imageRemoveCommands } from './image-remove.ts'
import { imageRunCommands } from './image-run.ts'
import { imageTransferCommands } from './image-transfer.ts'
import { imageCommands } from './images.ts'
import { inspectCommands } from './inspect.ts'
import { logCommands } from './logs.ts'
import { networkCommands } from './networks.ts'
import { portCommands } from './ports.ts'
import { projectCommands } from './projects.ts'
import { registryBrowseCommands } from './registry-browse.ts'
import { registryCommands } from './registries.ts'
import { runFormCommands } from './run-form.ts'
import { scaffoldCommands } from './scaffold.ts'
import { stackCommands } from './stacks.ts'
import { statsCommands } from './stats.ts'
import { systemCommands } from './system.ts'
import { terminalCommands } from './terminals.ts'
import { viewCommands } from './views.ts'
import { volumeCommands } from './volumes.ts'
import { volumeFileCommands } from './volume-files.ts'
import { whyCommands } from './why.ts'

/** Every command there is. Each group is a file; a new group is one import and one line. */
export const commands: readonly Command[] = [
  ...buildCommands,
  ...composeCommands,
  ...containerCommands,
  ...containerEndCommands,
  ...containerChangeCommands,
  ...containerShowCommands,
  ...containerCopyCommands,
  ...portCommands,
  ...inspectCommands,
  ...logCommands,
  ...engineCommands,
  ...groupCommands,
  ...imageFileCommands,
  ...imageLayerCommands,
  ...imageRemoveCommands,
  ...imageRunCommands,
  ...imageTransferCommands,
  ...imageCommands,
  ...networkCommands,
  ...projectCommands,
  ...registryCommands,
  ...registryBrowseCommands,
  ...systemCommands,
  ...viewCommands,
  ...volumeCommands,
  ...copyAsCommands,
  ...runFormCommands,
  ...scaffoldCommands,
  ...stackCommands,
  ...statsCommands,
  ...terminalCommands,
  ...whyCommands,
  ...fileCommands,
  ...fileDownloadCommands,
  ...fileUploadCommands,
  ...fileCopyCommands,
  ...fileRowCommands,
  ...fileChangeCommands,
  ...filePasteCommands,
  ...fileSearchCommands,
  ...fileCompareCommands,
  ...volumeFileCommands,
]
