/** A compose file with services of five kinds that share parts by anchors and merge keys, about as long as one likes. */
export function variedOf(lines: number): string {
  const result = [...head]
  for (let part = 0; result.length < lines - tail.length; part++)
    for (const line of kinds[part % kinds.length] ?? []) result.push(line.replaceAll('#', String(100 + part)))
  return `${[...result, ...tail].join('\n')}\n`
}

const head = `name: varied
x-logging: &logging
  driver: json-file
  options: { max-size: 10m, max-file: "3" }
x-environment: &environment
  TZ: UTC
  LANG: C.UTF-8
  LOG_LEVEL: info
x-service: &service
  restart: unless-stopped
  init: true
  logging: *logging
  security_opt: ["no-new-privileges:true"]
services:
  db:
    image: postgres:16.4
    networks: [back]`.split('\n')

const kinds = [
  `  web#:
    build:
      context: ./web#
      target: production
      args:
        NODE_VERSION: "20"
        COMMIT: \${GIT_COMMIT:-unknown}
    restart: unless-stopped
    environment:
      - NODE_ENV=production
      - API_URL=http://db:8080
    ports:
      - "127.0.0.1:3#:3000"
    networks:
      - front
      - back
    depends_on:
      db:
        condition: service_started
    labels:
      traefik.enable: "true"
      traefik.http.routers.web#.rule: Host(\`web#.example.com\`)`,
  `  store#:
    <<: *service
    image: postgres:16.4-alpine
    environment:
      <<: *environment
      POSTGRES_DB: app#
      POSTGRES_PASSWORD_FILE: /run/secrets/password
    secrets:
      - password
    volumes:
      - type: volume
        source: data
        target: /var/lib/postgresql/data
      - ./init#.sql:/docker-entrypoint-initdb.d/init.sql:ro
    healthcheck:
      test: ["CMD-SHELL", "pg_isready -U app"]
      interval: 10s
      timeout: 5s
      retries: 5
    networks: [back]
    shm_size: 256m
    stop_grace_period: 1m`,
  `  worker#:
    <<: *service
    image: registry.example.com/worker:2.0.#
    command: ["python", "-m", "worker", "--queue", "q#"]
    environment:
      <<: *environment
      QUEUE: "q#"
    deploy:
      mode: replicated
      replicas: 2
      resources:
        limits:
          cpus: "0.50"
          memory: 512M
      restart_policy:
        condition: on-failure
        delay: 5s
    networks:
      back:
        aliases:
          - w#`,
  `  cache#:
    <<: *service
    image: redis:7.4-alpine
    command: redis-server --appendonly yes
    sysctls:
      net.core.somaxconn: 1024
    ulimits:
      nofile:
        soft: 20000
        hard: 40000
    cap_drop:
      - ALL
    read_only: true
    tmpfs:
      - /tmp
    user: "999:999"
    networks:
      - back`,
  `  proxy#:
    image: nginx:1.27.#
    restart: always
    logging: *logging
    ports:
      - target: 80
        published: "8#"
        protocol: tcp
    configs:
      - source: nginx
        target: /etc/nginx/nginx.conf
    extra_hosts:
      - "host.docker.internal:host-gateway"
    networks:
      front:
        priority: 100
    profiles: [edge]`,
].map((kind) => kind.split('\n'))

const tail = `networks:
  front:
    driver: bridge
  back:
    internal: true
volumes:
  data:
secrets:
  password:
    file: ./password.txt
configs:
  nginx:
    file: ./nginx.conf`.split('\n')
