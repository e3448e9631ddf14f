import type { WordTable } from './words.ts'

/** Keys of a service that say what it is made of and what it is connected with. */
export const serviceWords: WordTable = {
  image: [
    'The image the containers start from. With `build` it is the name that the built image gets. Name a version rather than `latest`.',
    'image: postgres:16.4',
  ],
  build: [
    'How the image is built: a folder, or a mapping with `context` and more.',
    'build:\n  context: .\n  target: dev\n  args:\n    NODE_VERSION: "22"',
  ],
  command: [
    'Replaces the `CMD` of the image. A list is taken as it is; a text is split into words without a shell.',
    'command: ["npm", "run", "dev"]',
  ],
  entrypoint: [
    'Replaces the `ENTRYPOINT` of the image, and clears its `CMD`. An empty list clears both.',
    'entrypoint: ["/entrypoint.sh"]',
  ],
  container_name: [
    'A fixed name for the container. The service can then have only one, and no other container may have the name.',
    'container_name: shop-db',
  ],
  hostname: 'The name of the host inside the container.',
  domainname: 'The domain of the host inside the container.',
  ports: [
    'Ports of the host that lead into the container: `host:container`. Without an address they are open to the whole network. Write them in quotes.',
    'ports:\n  - "8080:80"\n  - "127.0.0.1:5432:5432"\n  - target: 53\n    published: "53"\n    protocol: udp',
  ],
  'ports.name': 'A name for the port, for the reader.',
  'ports.mode': '`ingress` balances over all nodes of a swarm, `host` publishes on the node alone.',
  'ports.host_ip': ['The address of the host to listen on.', 'host_ip: 127.0.0.1'],
  'ports.target': ['The port in the container.', 'target: 80'],
  'ports.published': [
    'The port of the host, or a range to choose from. Without it any free port is taken.',
    'published: "8080"',
  ],
  'ports.protocol': '`tcp` (the default), `udp` or `sctp`.',
  'ports.app_protocol': [
    'What is spoken on the port, such as `http`. A hint for tools.',
    'app_protocol: http',
    '2.26',
  ],
  expose: [
    'Ports that other services may use. Between services of one network all ports are open anyway: this is documentation.',
    'expose:\n  - "3000"',
  ],
  environment: [
    'Variables of the container. A name without a value takes it from the shell. They count before `env_file`.',
    'environment:\n  NODE_ENV: production\n  API_KEY: ${API_KEY}',
  ],
  env_file: [
    'Files with variables for the container. Later ones count more; `environment` counts before all.',
    'env_file:\n  - defaults.env\n  - path: local.env\n    required: false',
  ],
  volumes: [
    'What is mounted: volumes by name, paths of the host (starting with `.`, `/` or `~`), temporary file systems, images.',
    'volumes:\n  - data:/var/lib/data\n  - ./src:/app/src:ro\n  - type: tmpfs\n    target: /tmp',
  ],
  'volumes.type':
    '`bind` for a path of the host, `volume` for a named volume, `tmpfs` for memory, `image` for the content of an image, `npipe` for a named pipe of Windows, `cluster` for a cluster volume.',
  'volumes.source': 'The path of the host, or the name of the volume or image.',
  'volumes.target': 'The path in the container.',
  'volumes.read_only': 'The container can only read it.',
  'volumes.consistency': 'How strictly host and container agree. Ignored by today’s engines.',
  'volumes.bind': 'Settings for a path of the host.',
  'volumes.bind.propagation': 'Whether mounts below it are passed on between host and container.',
  'volumes.bind.create_host_path': 'Make the folder where it is missing. The short syntax always does.',
  'volumes.bind.recursive': 'What happens with mounts below a read-only one.',
  'volumes.bind.selinux': '`z` shares the label between containers, `Z` keeps it to this one.',
  'volumes.volume': 'Settings for a named volume.',
  'volumes.volume.labels': 'Labels of the volume.',
  'volumes.volume.nocopy': 'Do not fill a new volume with what the image has at this path.',
  'volumes.volume.subpath': [
    'A folder inside the volume to mount in place of all of it.',
    'subpath: uploads',
    '2.25',
  ],
  'volumes.tmpfs': 'Settings for memory.',
  'volumes.tmpfs.size': ['How much it may hold.', 'size: 64m'],
  'volumes.tmpfs.mode': 'The file mode of its root, as an octal number without quotes.',
  'volumes.image': ['Settings for an image that is mounted.', undefined, '2.35'],
  'volumes.image.subpath': 'A folder inside the image.',
  volumes_from: [
    'All mounts of another service, or with `container:` of any container.',
    'volumes_from:\n  - data\n  - container:backup:ro',
  ],
  tmpfs: ['Paths in the container that live in memory.', 'tmpfs:\n  - /run\n  - /tmp:size=64m'],
  networks: [
    'The networks the service is on. Each must be declared at the top level. Without this it is on `default`.',
    'networks:\n  front:\n  back:\n    aliases: [database]',
  ],
  'networks.*.aliases': 'Further names of the service on this network.',
  'networks.*.interface_name': [
    'The name of the interface in the container.',
    'interface_name: eth1',
    '2.36',
  ],
  'networks.*.ipv4_address': [
    'A fixed address. The network needs a `subnet` of its own.',
    'ipv4_address: 172.28.0.10',
  ],
  'networks.*.ipv6_address': 'A fixed address of version 6. The network needs a `subnet` of its own.',
  'networks.*.link_local_ips': 'Link-local addresses of the interface.',
  'networks.*.mac_address': ['The hardware address on this network.', undefined, '2.23.2'],
  'networks.*.driver_opts': 'Options for the driver of the network.',
  'networks.*.priority': 'The order in which networks are connected, the highest first.',
  'networks.*.gw_priority': [
    'The network with the highest number gives the default gateway.',
    undefined,
    '2.33.1',
  ],
  network_mode: [
    '`host`, `none`, `bridge`, or the network of another service or container. Not together with `networks`.',
    'network_mode: service:vpn',
  ],
  links: 'Old way to name other services. On a common network each service is reached by its name anyway.',
  external_links: 'Links to containers outside the project.',
  dns: ['Addresses of name servers.', 'dns:\n  - 1.1.1.1'],
  dns_opt: 'Options for looking up names.',
  dns_search: 'Domains in which names are looked up.',
  extra_hosts: [
    'Names with addresses for `/etc/hosts` of the container.',
    'extra_hosts:\n  - "host.docker.internal:host-gateway"',
  ],
  mac_address: 'The hardware address. Newer: `mac_address` below a network.',
  depends_on: [
    'Services that start before this one. With conditions Compose waits until they are healthy or done.',
    'depends_on:\n  db:\n    condition: service_healthy\n  migrate:\n    condition: service_completed_successfully',
  ],
  'depends_on.*.condition':
    '`service_started` (the default) waits for the start, `service_healthy` for the health check, `service_completed_successfully` for exit code 0.',
  'depends_on.*.restart': ['Restart this service when Compose restarts the other.', undefined, '2.17'],
  'depends_on.*.required': [
    'With `false` it is only a warning when the other service is not there.',
    undefined,
    '2.20.2',
  ],
  healthcheck: [
    'A command that tells whether the container works. It replaces the `HEALTHCHECK` of the image.',
    'healthcheck:\n  test: ["CMD-SHELL", "curl -f http://localhost/ || exit 1"]\n  interval: 30s\n  timeout: 5s\n  retries: 3\n  start_period: 10s',
  ],
  restart: ['Whether the engine starts the container again after it stops.', 'restart: unless-stopped'],
  profiles: [
    'The service starts only with one of these profiles (`--profile`, `COMPOSE_PROFILES`). Without profiles it always does.',
    'profiles: [debug]',
  ],
  extends: [
    'Takes over the settings of another service, of this file or another; what is written here counts more.',
    'extends:\n  file: common.yaml\n  service: base',
  ],
  'extends.service': 'The service to take over.',
  'extends.file': 'The file it is in; without it this one.',
  secrets: ['Secrets the containers can read under `/run/secrets`.', 'secrets:\n  - db_password'],
  configs: [
    'Configs the containers get as files.',
    'configs:\n  - source: nginx\n    target: /etc/nginx/nginx.conf',
  ],
  models: [
    'Models the service uses. Their addresses are given to it as variables.',
    'models:\n  chat:\n    endpoint_var: CHAT_URL',
    '2.38',
  ],
  'models.*.endpoint_var': 'The variable that gets the address of the model.',
  'models.*.model_var': 'The variable that gets the name of the model.',
  labels: [
    'Labels of the containers, for tools such as reverse proxies.',
    'labels:\n  traefik.enable: "true"',
  ],
  label_file: ['Files with labels, in the form of `env_file`.', 'label_file: ./app.labels', '2.32.2'],
  annotations: 'Annotations of the containers, for the runtime.',
  logging: [
    'Where the logs of the containers go.',
    'logging:\n  driver: json-file\n  options:\n    max-size: 10m\n    max-file: "3"',
  ],
  'logging.driver': 'The log driver, such as `json-file`, `local`, `journald` or `syslog`.',
  'logging.options': 'Options of the driver.',
  provider: [
    'Something outside of Compose that provides the service.',
    'provider:\n  type: model\n  options:\n    model: ai/smollm2',
    '2.36',
  ],
  'provider.type': 'The program or plugin that provides it.',
  'provider.options': 'Options for it.',
  develop: [
    'What `docker compose watch` does when files change.',
    'develop:\n  watch:\n    - path: ./src\n      action: sync\n      target: /app/src\n    - path: package.json\n      action: rebuild',
    '2.22',
  ],
  deploy: [
    'How many containers, with which resources. Placement and updates are for Swarm.',
    'deploy:\n  replicas: 2\n  resources:\n    limits:\n      memory: 512M',
  ],
  scale: 'How many containers the service has.',
  attach: ['With `false`, `up` does not show the logs of the service.', 'attach: false', '2.20'],
  post_start: [
    'Commands that run in the container after its start.',
    'post_start:\n  - command: ./migrate.sh\n    user: root',
    '2.30',
  ],
  pre_stop: [
    'Commands that run in the container before it is stopped.',
    'pre_stop:\n  - command: ./drain.sh',
    '2.30',
  ],
}
