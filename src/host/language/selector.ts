/** The languages and files that the server looks at. */
export const documentSelector = [
  { language: 'dockerfile' },
  { language: 'dockercompose' },
  { language: 'dockerignore' },
  { language: 'dotenv', pattern: '**/{.env,.env.*,*.env}' },
  // Not `composer.yaml`.
  { language: 'yaml', pattern: '**/{compose,docker-compose}{,[._-]*}.{yaml,yml}' },
]
