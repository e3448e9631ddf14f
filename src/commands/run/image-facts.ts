import type { Raw } from '../../engine/model/raw.ts'
import { object, string, strings } from '../raw.ts'
import type { ImageFacts } from './form-messages.ts'

/** What `GET /images/{name}/json` says of how a container of the image runs. */
export function imageFacts(image: Raw): ImageFacts {
  return {
    ports: Object.keys(object(image, 'Config', 'ExposedPorts')),
    volumes: Object.keys(object(image, 'Config', 'Volumes')),
    env: strings(image, 'Config', 'Env'),
    entrypoint: strings(image, 'Config', 'Entrypoint'),
    command: strings(image, 'Config', 'Cmd'),
    user: string(image, 'Config', 'User'),
    workingDir: string(image, 'Config', 'WorkingDir'),
    healthcheck: strings(image, 'Config', 'Healthcheck', 'Test'),
  }
}
