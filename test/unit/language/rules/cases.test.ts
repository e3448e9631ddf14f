import { describe, expect, test } from 'vitest'
import { parseDockerfile } from '../../../../src/language/dockerfile/parse.ts'
import type { HadolintConfig } from '../../../../src/language/rules/hadolint-config.ts'
import { dockerfileRules } from '../../../../src/language/rules/dockerfile/index.ts'
import { contextOf } from '../../../../src/language/rules/facts/context.ts'

/** Whether a rule, by any of its names, has something to say about a text. */
function strikes(name: string, text: string, config: Partial<HadolintConfig> = {}): boolean {
  const rules = dockerfileRules.filter(({ id, aliases }) => id === name || aliases.includes(name))
  if (rules.length === 0) throw new Error(`no rule is called ${name}`)
  const doc = parseDockerfile(text)
  const context = contextOf(doc, { config })
  return rules.some((rule) => [...rule.check(doc, context)].length > 0)
}

interface Cases {
  /** What must be found … */
  readonly bad: readonly string[]
  /** … and what must not. */
  readonly good: readonly string[]
  readonly config?: Partial<HadolintConfig>
}

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`

const cases: Readonly<Record<string, Cases>> = {
  DL3000: {
    bad: [
      'WORKDIR app',
      'FROM a:1\nWORKDIR usr/src',
      'WORKDIR "app"',
      "WORKDIR 'a b'",
      'FROM a:1\nWORKDIR ../x',
    ],
    good: [
      'WORKDIR /app',
      'WORKDIR "/app"',
      'WORKDIR $APP',
      'WORKDIR "${APP}/x"',
      'WORKDIR C:\\app',
      'WORKDIR c:/app',
      'FROM a:1\nARG X=/a\nWORKDIR $X',
    ],
  },
  DL3001: {
    bad: [
      'RUN ssh host',
      'RUN a && top',
      'RUN service x start',
      'RUN kill 1',
      'ONBUILD RUN ps aux',
      'RUN free -m',
      'RUN mount /dev/x /y',
    ],
    good: [
      'RUN apt-get install -y ssh vim',
      'RUN echo top',
      'RUN --mount=type=ssh git clone x',
      'RUN systemctl enable a',
    ],
  },
  DL3002: {
    bad: [
      'FROM a:1 AS tools\nUSER root\nFROM b:1\nUSER x',
      'FROM a:1\nUSER root',
      'USER 0',
      'FROM a:1\nUSER x\nUSER root:root',
      'FROM a:1 AS b\nUSER root\nFROM b\nRUN x',
    ],
    good: ['FROM a:1', 'FROM a:1\nUSER root\nUSER x', 'FROM a:1\nUSER 1000', 'USER rooty'],
  },
  DL3003: {
    bad: ['RUN cd /opt', 'RUN a && cd b && c', 'ONBUILD RUN cd x', 'RUN (cd a; b)'],
    good: ['WORKDIR /opt', 'RUN cdrecord', 'RUN echo cd'],
  },
  DL3004: {
    bad: ['RUN sudo a', 'RUN a; sudo b', 'RUN apt-get install sudo && sudo a', 'ONBUILD RUN sudo a'],
    good: ['RUN apt-get install sudo', 'RUN echo "sudo a"', 'RUN adduser x sudo'],
  },
  DL3006: {
    bad: [
      'FROM a',
      'FROM a AS b',
      'FROM x.io/a/b',
      'FROM localhost:5000/a',
      'FROM a:1 AS b\nFROM c',
      'FROM --platform=linux/amd64 a',
    ],
    good: [
      'FROM a:1',
      'FROM a:1 AS b\nFROM b',
      'FROM scratch',
      `FROM a@${digest}`,
      'ARG T=1\nFROM a:$T',
      'ARG I=a:1\nFROM $I',
      'FROM a:1 AS B\nFROM b',
    ],
  },
  DL3007: {
    bad: ['FROM a:latest', 'FROM x.io/a:latest AS b'],
    good: ['FROM a:1', 'FROM a', `FROM a:latest@${digest}`, 'FROM a:latest-slim'],
  },
  DL3008: {
    bad: [
      'RUN apt-get install a',
      'RUN apt-get install -y a b=1',
      'RUN apt-get update && apt-get -y install a',
      'ONBUILD RUN apt-get install a',
      'RUN apt-get install -y \\\n  a \\\n  # b\n  c=1',
    ],
    good: [
      'RUN apt-get install a=1.2',
      'RUN apt-get install -t stable a=1',
      'RUN apt-get install ./a.deb',
      'RUN apt-get install a/stable',
      'RUN apt-get update',
      'RUN apt-get install -y --no-install-recommends -o X=y a=1',
      'RUN apt-get --purge remove a',
    ],
  },
  DL3009: {
    bad: [
      'FROM a:1\nRUN --mount=type=cache,target=/var/lib/apt apt-get update',
      'RUN apt-get update',
      'FROM a:1\nRUN apt-get update && apt-get install -y b',
      'FROM a:1 AS b\nRUN apt-get update\nFROM b',
      'RUN apt-get update && rm -rf /tmp/*',
      'ONBUILD RUN apt-get update',
      'FROM a:1 AS b\nONBUILD RUN apt-get update\nFROM c:1',
    ],
    good: [
      'FROM a:1\nRUN --mount=type=cache,target=/var/lib/apt --mount=type=cache,target=/var/cache/apt apt-get update',
      'FROM a:1\nRUN --mount=type=tmpfs,target=/var/lib/apt/lists apt-get update',
      'RUN apt-get update && apt-get install b && rm -rf /var/lib/apt/lists/*',
      'RUN apt-get update && rm -rf /var/lib/apt/lists',
      'RUN apt-get update; rm -r /var/lib/apt/lists/* /var/cache/apt',
      'FROM a:1 AS b\nRUN apt-get update\nFROM c:1\nCOPY --from=b /a /a',
      'RUN --mount=type=cache,target=/var/lib/apt/lists apt-get update',
      'RUN --mount=type=cache,target=/var/cache/apt --mount=type=cache,target=/var/lib/apt apt-get update',
      'RUN --mount=type=tmpfs,target=/var/lib/apt/lists/ apt-get update',
      'RUN apt-get install a',
    ],
  },
  DL3010: {
    bad: [
      'COPY a.tar.gz /x/\nRUN tar -xzf /x/a.tar.gz',
      'COPY a.zip b.tgz /x/\nRUN tar xvf b.tgz; tar -x -f b.tgz',
      'COPY a.tar /x.tar\nRUN tar --extract -f /x.tar',
      'COPY a.tar.xz /x/\nRUN cd /x && tar xf a.tar.xz',
      'COPY a.gz /\nRUN gunzip a.gz',
      'COPY a\\b.zip "C:\\Some Folder\\c.tgz"\nRUN tar -xf "C:\\Some Folder\\c.tgz"',
    ],
    good: [
      'COPY a.tar /x\nRUN b',
      'ADD a.tar /x',
      'COPY --from=b a.tar /\nRUN tar -xf a.tar',
      'COPY a.tar /\nRUN tar -cf b.tar a',
      'COPY a.tar /\nRUN tar cf a.tar x',
      'FROM a:1\nCOPY a.tar /\nFROM b:1\nRUN tar -xf a.tar',
    ],
  },
  DL3011: {
    bad: ['EXPOSE 80000', 'EXPOSE 1 70000/udp', 'EXPOSE 1-70000'],
    good: ['EXPOSE 60000', 'EXPOSE +80', 'EXPOSE 0', 'EXPOSE $P', 'EXPOSE 40-42/udp'],
  },
  DL3012: {
    bad: ['FROM a:1\nHEALTHCHECK CMD a\nHEALTHCHECK CMD b'],
    good: ['FROM a:1\nHEALTHCHECK CMD a', 'FROM a:1\nHEALTHCHECK CMD a\nFROM b:1\nHEALTHCHECK CMD c'],
  },
  DL3013: {
    bad: [
      'RUN pip install a',
      'RUN pip install a==1 b',
      'RUN pip3 install --user a',
      'RUN python -m pip install a',
      'RUN pip install --upgrade pip',
      'RUN pip install git+https://x/a.git',
      'RUN pip install -i https://x a',
      'RUN pip3.11 install a',
    ],
    good: [
      'RUN pip install a==1',
      'RUN pip install -r r.txt',
      'RUN pip install .',
      'RUN pip install -e .',
      'RUN pip install "a>=1"',
      "RUN pip install 'a~=1'",
      'RUN pip install git+https://x/a.git@1',
      'RUN pip install a.whl',
      'RUN pip install -c c.txt a',
      'RUN pip install --index-url https://x a==1',
      'RUN pip freeze',
      'RUN pip install --group dev',
      'RUN pip install "a[b]==1"',
      'RUN pip install ./a',
      'RUN pipenv install a',
      'RUN pip install --no-cache-dir -U a===1',
    ],
  },
  DL3014: {
    bad: [
      'RUN apt-get install a',
      'RUN apt-get update && apt-get install a b',
      'RUN apt-get -q install a',
      'ONBUILD RUN apt-get install a',
    ],
    good: [
      'RUN apt-get install -y a',
      'RUN apt-get -y install a',
      'RUN apt-get install a --yes',
      'RUN apt-get -qqy install a',
      'RUN apt-get -qq install a',
      'RUN apt-get --assume-yes install a',
      'RUN apt-get -q=2 install a',
      'RUN apt-get -q -q install a',
      'RUN DEBIAN_FRONTEND=noninteractive apt-get install -y a',
      'RUN apt-get update',
    ],
  },
  DL3015: {
    bad: ['RUN apt-get install -y a', 'ONBUILD RUN apt-get install a'],
    good: [
      'RUN apt-get install -y --no-install-recommends a',
      'RUN apt-get --no-install-recommends install a',
      'RUN apt-get install -o APT::Install-Recommends=false a',
      'RUN apt-get install -o APT::Install-Recommends="0" a',
      'RUN apt-get update',
    ],
  },
  DL3016: {
    bad: [
      'RUN npm install a',
      'RUN npm install -g a b@1',
      'RUN npm install @x/a',
      'RUN npm install git+https://x/a.git',
      'RUN npm install user/repo',
      'RUN npm i a',
    ],
    good: [
      'RUN npm install',
      'RUN npm install a@1',
      'RUN npm install @x/a@1',
      'RUN npm install a@latest',
      'RUN npm install git+https://x/a.git#v1',
      'RUN npm install user/repo#v1',
      'RUN npm install ./a /b ../c ~/d',
      'RUN npm install a.tgz',
      'RUN npm run install',
      'RUN npm ci',
      'RUN npm install a@"${V}"',
      'RUN npm install --only production',
    ],
  },
  DL3018: {
    bad: ['RUN apk add a', 'RUN apk add --no-cache a=1 b', 'RUN apk --no-cache add a', 'RUN apk add -t x a'],
    good: [
      'RUN apk add a=1',
      'RUN apk add --no-cache a~=1',
      'RUN apk add --virtual x a=1',
      'RUN apk add -t x a=1',
      'RUN apk add --repository http://x a=1',
      'RUN apk add "a<2"',
      'RUN apk add ./a.apk',
      'RUN apk update',
      'RUN apk del a',
      'RUN apk add --virtual=x a=1',
    ],
  },
  DL3019: {
    bad: ['RUN apk add a', 'RUN apk update && apk add a', 'RUN apk add --update a'],
    good: [
      'RUN apk add --no-cache a',
      'RUN apk --no-cache add a',
      'RUN --mount=type=cache,target=/var/cache/apk apk add a',
      'RUN apk del a',
    ],
  },
  DL3020: {
    bad: ['ADD a /b', 'ADD a b /c/', 'ADD --chown=1 a /b', 'ONBUILD ADD a /b', 'ADD ["a", "/b"]'],
    good: [
      'COPY a /b',
      'ADD https://x/a /b',
      'ADD "http://x/a" /b',
      'ADD a.tar.gz /b',
      'ADD a.tgz /b',
      'ADD a.zip.tar.xz /b',
      'ADD git@x:a/b.git /c',
      'ADD https://x/a.git /b',
      'ADD $A /b',
      'ADD <<EOF /b\nx\nEOF',
    ],
  },
  DL3021: {
    bad: ['COPY a b c', 'COPY a b "c"', 'COPY a b /c/d', 'COPY ["a", "b", "c"]'],
    good: [
      'COPY a b c/',
      'COPY a b "c/"',
      'COPY a c',
      'COPY a b ./',
      'COPY --from=x a b',
      'COPY ["a", "b", "c/"]',
      'COPY a b $C',
    ],
  },
  DL3022: {
    bad: [
      'COPY --from=x a b',
      'FROM a:1\nCOPY --from=b /c /c',
      'FROM a:1 AS b\nFROM c:1\nCOPY --from=d /e /e',
      'FROM a:1\nCOPY --from=9 /c /c',
      'FROM a:1\nCOPY --from=x/y /c /c',
      'FROM a:1\nCOPY --from=b /c /c\nFROM d:1 AS b',
    ],
    good: [
      'FROM a:1 AS b\nFROM c:1\nCOPY --from=b /d /d',
      'FROM a:1\nFROM b:1\nCOPY --from=0 /c /c',
      'FROM a:1\nCOPY --from=b:1 /c /c',
      'FROM a:1\nCOPY --from=x.io/b:1 /c /c',
      'COPY a b',
      `FROM a:1\nCOPY --from=b@${digest} /c /c`,
    ],
  },
  DL3023: {
    bad: ['FROM a:1 AS b\nCOPY --from=b /c /c', 'FROM a:1 AS b\nFROM c:1 AS d\nCOPY --from=d /e /e'],
    good: ['FROM a:1 AS b\nFROM c:1 AS d\nCOPY --from=b /e /e', 'COPY --from=x a b'],
  },
  DL3024: {
    bad: ['FROM a:1 AS b\nFROM c:1 AS b', 'FROM a:1 AS b\nFROM c:1 AS B'],
    good: ['FROM a:1 AS b\nFROM c:1 AS d', 'FROM a:1\nFROM a:1'],
  },
  DL3025: {
    bad: ['CMD a', 'ENTRYPOINT a b', 'CMD "a b"', "CMD ['a']", 'CMD [a]', 'FROM a:1\nCMD a && b'],
    good: [
      'CMD ["a"]',
      'ENTRYPOINT ["a", "b"]',
      'CMD []',
      'FROM a:1\nSHELL ["/bin/bash", "-c"]\nCMD a',
      'CMD [ "a" , "b" ]',
      'CMD [ "a", \\\n  "b" ]',
    ],
  },
  DL3026: {
    bad: ['FROM a:1', 'FROM x.io/a:1', 'FROM good.io:5000/a:1', 'FROM --platform=linux/amd64 a:1'],
    good: [
      'FROM good.io/a:1',
      'FROM good.io/a:1 AS b\nFROM b',
      'FROM scratch',
      'FROM a.wild.io/b',
      'FROM $X',
    ],
    config: { trustedRegistries: ['good.io', '*.wild.io'] },
  },
  DL3027: {
    bad: ['RUN apt install a', 'RUN apt update', 'ONBUILD RUN apt install a'],
    good: ['RUN apt-get install a', 'RUN apt-key x', 'RUN rm -rf apt', 'RUN apt-get install apt'],
  },
  DL3028: {
    bad: ['RUN gem install a', 'RUN gem install a:1 b', 'RUN gem i a'],
    good: [
      'RUN gem install nokogiri:1.16 --use-system-libraries true',
      'RUN gem install a:1',
      'RUN gem install a -v 1',
      'RUN gem install a --version 1',
      'RUN gem install a --version=1',
      'RUN gem install a:1 -- --with-x',
      'RUN gem update',
      "RUN gem install a -v '1'",
    ],
  },
  DL3029: {
    bad: ['FROM --platform=linux a:1', 'FROM --platform=linux/arm64 a:1 AS b', 'FROM --platform=arm64 a:1'],
    good: [
      'FROM a:1',
      'FROM --platform=$BUILDPLATFORM a:1',
      'FROM --platform=${TARGETPLATFORM} a:1',
      'FROM --platform=linux/arm64 a:1 AS x-arm64',
    ],
  },
  DL3030: {
    bad: [
      'RUN yum install a-1',
      'RUN yum groupinstall a',
      'RUN yum clean all && yum install a-1',
      'ONBUILD RUN yum install a',
    ],
    good: [
      'RUN yum install -y a-1',
      'RUN yum -y install a',
      'RUN yum --assumeyes install a',
      'RUN yum makecache',
      'RUN yum -qy install a',
    ],
  },
  DL3032: {
    bad: ['RUN yum install -y a-1', 'ONBUILD RUN yum install -y a'],
    good: [
      'RUN yum install -y a && yum clean all',
      'RUN yum install -y a && rm -rf /var/cache/yum/*',
      'RUN yum clean all',
      'RUN --mount=type=cache,target=/var/cache/yum yum install -y a',
      'RUN yum install -y a; yum -y clean all',
    ],
  },
  DL3033: {
    bad: ['RUN yum install -y a', 'RUN yum install -y a-devel', 'RUN yum module install -y a'],
    good: [
      'RUN yum install -y a-1.2',
      'RUN yum install -y a.rpm',
      'RUN yum module install -y a:1',
      'RUN yum install -y a-1:2.3-4.el7',
      'RUN yum update',
      'RUN yum install -y https://x/a.rpm',
    ],
  },
  DL3034: {
    bad: ['RUN zypper install a', 'RUN zypper remove a', 'RUN zypper rm a', 'RUN zypper patch'],
    good: [
      'RUN zypper install -y a',
      'RUN zypper -n install a',
      'RUN zypper --non-interactive install a',
      'RUN zypper install --no-confirm a',
      'RUN zypper refresh',
    ],
  },
  DL3035: {
    bad: ['RUN zypper dist-upgrade', 'RUN zypper -n dup'],
    good: ['RUN zypper update', 'RUN zypper install dup-tool'],
  },
  DL3036: {
    bad: ['RUN zypper install -y a'],
    good: [
      'RUN zypper install -y a && zypper clean',
      'RUN zypper in -y a && zypper cc -a',
      'RUN --mount=type=cache,target=/var/cache/zypp zypper in a',
    ],
  },
  DL3037: {
    bad: ['RUN zypper install -y a', 'RUN zypper in a'],
    good: [
      'RUN zypper install -y a=1',
      "RUN zypper install 'a>=1'",
      'RUN zypper install a.rpm',
      'RUN zypper refresh',
    ],
  },
  DL3038: {
    bad: ['RUN dnf install a', 'RUN microdnf install a-1', 'RUN dnf groupinstall a'],
    good: [
      'RUN dnf install -y a',
      'RUN dnf -y install a',
      'RUN microdnf install -y a',
      'RUN dnf --assumeyes install a',
      'RUN notdnf install a',
    ],
  },
  DL3040: {
    bad: [
      'RUN dnf clean all && dnf install -y a',
      'RUN dnf install -y a && microdnf clean all',
      'RUN microdnf install -y a && dnf clean all',
      'RUN dnf install -y a',
      'RUN microdnf install -y a',
    ],
    good: [
      'RUN dnf install -y a && yum clean all',
      'RUN dnf install -y a && dnf clean all',
      'RUN dnf install -y a && rm -rf /var/cache/dnf',
      'RUN microdnf install -y a && microdnf clean all',
      'RUN --mount=type=cache,target=/var/cache/libdnf5 dnf install -y a',
      'RUN dnf clean all',
    ],
  },
  DL3041: {
    bad: ['RUN dnf install -y a', 'RUN dnf install -y python3-devel', 'RUN microdnf install a'],
    good: [
      'RUN dnf install -y a-1',
      'RUN dnf install -y a-9.0.1',
      'RUN dnf module install -y a:1',
      'RUN dnf install -y a.rpm',
      'RUN dnf update',
    ],
  },
  DL3042: {
    bad: [
      'RUN PIP_NO_CACHE_DIR=off pip install a',
      'RUN export PIP_NO_CACHE_DIR=0 && pip install a',
      'RUN PIP_NO_CACHE_DIR="no" pip3 install a',
      'RUN pip install a==1',
      'RUN python3 -m pip install -r r.txt',
      'FROM a:1\nENV PIP_NO_CACHE_DIR=0\nRUN pip install a',
      'FROM a:1\nENV PIP_NO_CACHE_DIR=1\nFROM b:1\nRUN pip install a',
    ],
    good: [
      'RUN pip install --no-cache-dir a==1',
      'RUN pip install --no-cache a==1',
      'FROM a:1\nENV PIP_NO_CACHE_DIR=1\nRUN pip install a',
      'FROM a:1\nENV PIP_NO_CACHE_DIR=true A=b\nRUN pip install a',
      'FROM a:1 AS b\nENV PIP_NO_CACHE_DIR=on\nFROM b\nRUN pip install a',
      'RUN PIP_NO_CACHE_DIR=1 pip install a',
      'RUN --mount=type=cache,target=/root/.cache/pip pip install a',
      'RUN pipenv install a',
      'RUN pip list',
      'RUN pip --no-cache-dir install a',
    ],
  },
  DL3043: {
    bad: ['ONBUILD FROM a:1', 'ONBUILD MAINTAINER a', 'ONBUILD ONBUILD RUN a'],
    good: ['ONBUILD RUN a', 'ONBUILD COPY a /b'],
  },
  DL3044: {
    bad: ['ENV A=1 B=$A', 'ENV A=1 B=${A}/x', 'ENV A=1 \\\n  B=$A', 'ENV A=1 B="$A"'],
    good: [
      'ENV A=1 B=2',
      'ENV PATH=/x:$PATH',
      'ENV A=$A',
      'ENV A=1\nENV B=$A',
      'ENV A=1\nENV A=2 B=$A',
      'ARG A\nENV A=2 B=$A',
      'ENV A=1 B=$AB',
      'ENV A=1 B=\\$A',
      "ENV A=1 B='$A'",
    ],
  },
  DL3045: {
    bad: ['COPY a b', 'FROM x:1\nCOPY a ./b', 'FROM x:1\nWORKDIR /y\nFROM z:1\nCOPY a b', 'COPY a .'],
    good: [
      'COPY a /b',
      'FROM x:1\nWORKDIR /y\nCOPY a b',
      'FROM x:1 AS y\nWORKDIR /z\nFROM y\nCOPY a b',
      'COPY a "/b"',
      'COPY a $B/c',
      'COPY a c:\\b',
      'COPY a "C:/b"',
      'COPY a ${B}',
    ],
  },
  DL3046: {
    bad: ['RUN useradd -u 123456 a', 'RUN useradd -m -u 1234567 a', 'RUN useradd --uid 999999 a'],
    good: [
      'RUN useradd a',
      'RUN useradd -u 12345 a',
      'RUN useradd -l -u 123456 a',
      'RUN useradd --no-log-init --uid 123456 a',
      'RUN useradd -lu 123456 a',
    ],
  },
  DL3047: {
    bad: ['RUN wget x', 'RUN wget -O a x', 'RUN a && wget --no-check-certificate x'],
    good: [
      'RUN wget --progress=dot:giga x',
      'RUN wget -q x',
      'RUN wget -qO- x',
      'RUN wget -nv x',
      'RUN wget --no-verbose x',
      'RUN wget -o log x',
      'RUN wget --output-file=log x',
      'RUN apt-get install wget',
      'RUN wget --quiet x',
      'RUN wget -a log x',
    ],
  },
  DL3048: {
    bad: [
      'LABEL a$b=1',
      'LABEL ${x}.y=1',
      'LABEL Foo=1',
      'LABEL .a=1',
      'LABEL a.=1',
      'LABEL a..b=1',
      'LABEL a--b=1',
      'LABEL com.docker.a=1',
      'LABEL io.docker.a=1',
      'LABEL org.dockerproject.a=1',
      'LABEL a_b=1',
      'LABEL a/b=1',
    ],
    good: ['LABEL a=1', 'LABEL a.b-c.d2=1', 'LABEL "a.b"=1', 'LABEL com.dockers.a=1'],
  },
  DL3049: {
    bad: [
      'FROM a:1 AS b\nFROM c:1\nLABEL x=1',
      'FROM a:1 AS b\nLABEL x=1\nFROM c:1\nCOPY --from=b /d /d',
      'FROM a:1\nFROM c:1\nLABEL x=1',
      'FROM a:1',
      'FROM a:1\nLABEL y=1',
      'FROM a:1 AS b\nFROM b',
    ],
    good: [
      'FROM a:1\nLABEL x=1',
      'FROM a:1 AS b\nLABEL x=1\nFROM b',
      'FROM a:1\nLABEL "x"=1',
      'FROM a:1 AS b\nFROM b\nLABEL x=1',
      'FROM a:1 AS b\nFROM c:1\nCOPY --from=b /d /d\nLABEL x=1',
      'FROM a:1 AS b\nFROM c:1\nRUN --mount=from=b,target=/d e\nLABEL x=1',
    ],
    config: { labelSchema: { x: 'text' } },
  },
  DL3050: {
    bad: ['LABEL x=1 y=2'],
    good: ['LABEL x=1'],
    config: { labelSchema: { x: 'text' }, strictLabels: true },
  },
  DL3051: {
    bad: ['LABEL x=""', 'LABEL x='],
    good: ['LABEL x=1', 'LABEL y=""'],
    config: { labelSchema: { x: 'text' } },
  },
  DL3052: {
    bad: [
      'LABEL x=a',
      'LABEL x="example.com"',
      'LABEL x=$X',
      'LABEL x=https://',
      'LABEL x=https://a/%zz',
      'LABEL x="https://a/b c"',
    ],
    good: [
      'LABEL x=https://example.com/$X',
      'LABEL y=$X',
      'LABEL x=https://example.com',
      'LABEL y=a',
      'LABEL x=http://a.b/c?d=e#f',
    ],
    config: { labelSchema: { x: 'url' } },
  },
  DL3053: {
    bad: [
      'LABEL x=a',
      'LABEL x=$X',
      'LABEL x=2021-03-10',
      'LABEL x=2021-03-10T10:00:00+25:00',
      'LABEL x=2021-02-30T10:00:00Z',
    ],
    good: ['LABEL x=2021-03-10T10:26:33Z', 'LABEL x=2021-03-10T10:26:33.564595127+01:00'],
    config: { labelSchema: { x: 'rfc3339' } },
  },
  DL3054: {
    bad: ['LABEL x=foo', 'LABEL x=$X', 'LABEL x="MIT OR"'],
    good: [
      'LABEL x=MIT',
      'LABEL x=BSD-3-Clause-Attribution',
      'LABEL x=Elastic-2.0',
      'LABEL x=GPL-2.0+',
      'LABEL x=BSD-3-Clause',
      'LABEL x=GPL-3.0-or-later',
      'LABEL x="MIT OR Apache-2.0"',
    ],
    config: { labelSchema: { x: 'spdx' } },
  },
  DL3055: {
    bad: [
      'LABEL x=main',
      'LABEL x=$X',
      'LABEL x=43C572F',
      'LABEL x=43c572f1272b8c3171dd1db9e41b7027128ce080x',
    ],
    good: ['LABEL x=43c572f', 'LABEL x=2dbfae9731a7db50d4a9d1e1b6a4d8a1f2c3d4e5'],
    config: { labelSchema: { x: 'hash' } },
  },
  DL3056: {
    bad: ['LABEL x=1.2', 'LABEL x="${X}"', 'LABEL x=v1.2.3', 'LABEL x=01.2.3'],
    good: ['LABEL x=1.2.3', 'LABEL x=1.2.3-rc.1+b5'],
    config: { labelSchema: { x: 'semver' } },
  },
  DL3058: {
    bad: ['LABEL x=a', 'LABEL x=$X', 'LABEL x=a@'],
    good: ['LABEL x=a@b.co', `LABEL x='"a b"@c.de'`, 'LABEL x=a.b+c@d.example.com'],
    config: { labelSchema: { x: 'email' } },
  },
  DL3057: {
    bad: ['FROM a:1', 'FROM a:1\nHEALTHCHECK CMD a\nFROM b:1'],
    good: [
      'FROM a:1\nHEALTHCHECK CMD a',
      'FROM a:1 AS b\nHEALTHCHECK CMD c\nFROM b',
      'FROM a:1\nHEALTHCHECK NONE',
    ],
  },
  DL3059: {
    bad: [
      'RUN a && b\nRUN c',
      'RUN a\nRUN b; c',
      'RUN a\nRUN b',
      'RUN <<EOF\na\nb\nEOF\nRUN c',
      'RUN cat <<EOF\na\nEOF\nRUN c',
      'RUN ["a"]\nRUN b',
      'RUN ["sh", "-c", "a && b"]\nRUN c',
      'RUN cd a\nRUN b',
      'RUN a\n# c\nRUN b',
      'RUN --mount=type=cache,target=/x a\nRUN --mount=type=cache,target=/x b',
    ],
    good: [
      'FROM a:1\nSHELL ["powershell"]\nRUN a\nRUN b',
      'RUN a | b; c\nRUN d',
      'RUN <<EOF\na\nb\nc\nEOF\nRUN d',
      'RUN ["sh", "-c", "a && b; c"]\nRUN d',
      'RUN a',
      'RUN a\nWORKDIR /b\nRUN c',
      'RUN a && b && c\nRUN d && e && f',
      'RUN --mount=type=secret,id=a a\nRUN b',
      'FROM a:1\nRUN b\nFROM c:1\nRUN d',
    ],
  },
  DL3060: {
    bad: ['RUN yarn install', 'RUN yarn install --frozen-lockfile && yarn build'],
    good: [
      'RUN yarn install && yarn cache clean',
      'RUN yarn install && rm -rf /usr/local/share/.cache',
      'RUN yarn cache clean',
      'RUN npm install',
      'FROM a:1 AS b\nRUN yarn install\nFROM c:1\nCOPY --from=b /d /d',
      'RUN --mount=type=cache,target=/root/.cache/yarn yarn install',
    ],
  },
  DL3061: {
    bad: ['RUN a\nFROM b:1', 'LABEL a=b\nFROM c:1', 'ARG A\nRUN a\nFROM b:1'],
    good: ['FROM a:1\nRUN b', 'ARG A=1\nFROM a:$A', '# comment\nFROM a:1', 'ARG A=1\nARG B=2\nFROM a:$A'],
  },
  DL3062: {
    bad: [
      'RUN go install x.io/a',
      'RUN go get x.io/a',
      'RUN go run x.io/a@latest',
      'RUN go install a@latest',
      'RUN go get -u x.io/a',
    ],
    good: [
      'RUN go install x.io/a@v1.2.3',
      'RUN go run .',
      'RUN go run /go/app/a',
      'RUN go run main.go a b',
      'RUN go install',
      'RUN go install ./...',
      'RUN go build x',
      'RUN go install -ldflags "-s -w" ./cmd/a',
      'RUN go get',
    ],
  },
  DL3063: {
    bad: ['FROM a:1 AS scratch', 'FROM a:1 AS context'],
    good: ['FROM scratch AS a', 'FROM a:1 AS scratchy'],
  },
  'key-value-invalid': {
    bad: ['ENV =a', 'ENV ""=a', 'LABEL =a', 'ARG =a'],
    good: ['LABEL ""=a', "ARG ''", 'ENV a=""'],
  },
  'unterminated-quote': { bad: ['ARG a="b', "ENV a='b"], good: ['ARG a "b', "ARG 'a=b"] },
  'healthcheck-invalid': {
    bad: ['HEALTHCHECK --interval=$I CMD a', 'HEALTHCHECK --retries=$R CMD a'],
    good: ['HEALTHCHECK --interval=5s --retries=+1 CMD a'],
  },
  'unterminated-heredoc': { bad: ['RUN <<A'], good: ['RUN <<""', 'RUN <<-""'] },
  'unknown-instruction': { bad: ['RUN <<""\na\n\n'], good: ['RUN <<"A"\na\nA'] },
  'unused-stage': {
    bad: ['FROM a:1 AS b\nFROM c:1', 'FROM a:1 AS tool-x\nARG T\nFROM build-$T'],
    good: [
      'ARG T=x\nFROM a:1 AS build-x\nFROM a:1 AS build-y\nFROM build-${T}',
      'ARG T\nFROM a:1 AS b\nFROM $T',
      'ARG T=x\nFROM a:1 AS a-x-b\nFROM a-${T}-b AS c\nFROM c',
      'ARG T=x\nFROM a:1 AS a-xy\nFROM a-${T}$U',
    ],
  },
  'undefined-var': {
    bad: ['FROM a:1\nENV X=$PAHT', 'FROM scratch\nENV X=$GOPATH', 'FROM scratch\nARG A=$B'],
    good: [
      'FROM scratch\nARG $A',
      'FROM scratch\nARG A$B=1',
      'FROM a:1\nWORKDIR $GOPATH/src',
      'FROM a:1\nENV X=$CPATH Y=$MANPATH',
    ],
  },
  DL3064: {
    bad: [
      'ARG TOKEN',
      'ENV API_KEY=1',
      'ENV a_password=x',
      'ARG AWS_SECRET_ACCESS_KEY',
      'ENV AUTH=x',
      'ENV DB_PWORD=1',
      'ARG GH_TOKEN\nFROM a:1',
    ],
    good: [
      'ARG TOKENS',
      'ENV KEYBOARD=1',
      'ENV PUBLIC_KEY=x',
      'ENV SECRET_FILE=/x',
      'ENV MONKEY=1',
      'ARG AUTHOR',
    ],
  },
  DL3065: {
    bad: ['FROM --platform=$TARGETPLATFORM a:1', 'FROM --platform=${TARGETPLATFORM} a:1'],
    good: ['FROM --platform=$BUILDPLATFORM a:1', 'FROM --platform=linux/$TARGETARCH a:1', 'FROM a:1'],
  },
  DL3066: { bad: ['USER a', 'USER root', 'USER a:b'], good: ['USER 1000', 'USER 1000:a', 'USER $A'] },
  DL3067: {
    bad: ['FROM a:1 AS b\nFROM c:1\nCOPY --from=b / /'],
    good: ['FROM a:1 AS b\nFROM c:1\nCOPY --from=b /d /', 'COPY / /'],
  },
  DL4000: { bad: ['MAINTAINER a'], good: ['LABEL maintainer=a'] },
  DL4001: {
    bad: ['RUN wget -q a && curl b', 'FROM x:1\nRUN wget a\nRUN curl b'],
    good: [
      'RUN curl a && curl b',
      'FROM x:1\nRUN wget a\nFROM y:1\nRUN curl b',
      'RUN apt-get install curl && wget a',
    ],
  },
  DL4003: {
    bad: ['FROM a:1\nCMD ["a"]\nCMD ["b"]'],
    good: ['FROM a:1\nCMD ["a"]', 'FROM a:1\nCMD ["a"]\nFROM b:1\nCMD ["c"]'],
  },
  DL4004: {
    bad: ['FROM a:1\nENTRYPOINT ["a"]\nENTRYPOINT ["b"]'],
    good: ['FROM a:1\nENTRYPOINT ["a"]\nCMD ["b"]'],
  },
  DL4005: {
    bad: ['RUN ln -sf /bin/bash /bin/sh', 'RUN ln -s /bin/bash /bin/sh && a'],
    good: ['RUN ln -s /bin/bash /usr/bin/x', 'RUN ln -s /bin/sh /usr/bin/x', 'SHELL ["/bin/bash", "-c"]'],
  },
  DL4006: {
    bad: [
      'RUN a | b',
      'FROM x:1\nRUN wget -O - https://a | wc -l > /b',
      'FROM x:1\nSHELL ["/bin/bash", "-c"]\nRUN a | b',
      'FROM x:1\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN a | b\nFROM y:1\nRUN a | b',
    ],
    good: [
      'RUN a && b',
      'FROM x:1\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN a | b',
      'FROM x:1\nSHELL ["/bin/bash", "-eo", "pipefail", "-c"]\nRUN a | b',
      'FROM x:1\nSHELL ["/bin/ash", "-eo", "pipefail", "-c"]\nRUN a | b',
      'FROM x:1\nSHELL ["pwsh", "-c"]\nRUN a | b',
      'FROM x:1\nSHELL ["powershell.exe"]\nRUN a | b',
      'RUN a || b',
      'RUN ["a", "|", "b"]',
      'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN a | b',
      '# hadolint shell=powershell\nRUN a | b',
    ],
  },
  DL1001: {
    bad: ['# hadolint ignore=DL3000\nRUN a', '# hadolint global ignore=DL3000\nRUN a'],
    good: ['# a comment\nRUN a'],
  },
  'shell-unquoted-variable': {
    bad: [
      'RUN a $B',
      'RUN a > $B',
      'RUN [ $A = 1 ]',
      'FROM a:1\nARG B\nRUN a $B',
      'FROM a:1\nARG B="c d"\nRUN a $B',
      'ARG B=/x\nFROM a:1\nRUN a $B',
      'FROM a:1\nARG B=$C\nRUN a $B',
      'FROM a:1\nENV B="c d"\nRUN a $B',
      'FROM a:1\nENV B=x\nRUN B="c d"; a $B',
      'FROM a:1\nENV B=x\nRUN read -r B; a ${B}',
      'FROM a:1\nRUN a $B\nENV B=x',
      'FROM a:1\nENV B=x\nRUN a $B\nENV B=*',
    ],
    good: [
      'FROM a:1\nENV B=/opt/x C="d"\nRUN a $B ${C}/e',
      'FROM a:1\nARG B=/x\nRUN a $B',
      'FROM a:1\nARG B=/x\nRUN make B=${B} && B=$B make',
      'ARG B=1\nFROM a:1\nARG B\nENV C=v${B}\nRUN a $C',
      'FROM a:1\nRUN b="$(apt-mark showmanual)" && apt-mark manual $b',
      'FROM a:1 AS b\nENV B=/opt/x\nFROM b\nRUN a $B',
      'RUN a --platform $TARGETPLATFORM',
      'RUN apk add $PHPIZE_DEPS && gcc $CFLAGS',
      'RUN B=$C',
      'RUN [[ $D = 1 ]]',
      'RUN exit $?',
      'RUN for x in $L; do y; done',
      'RUN echo ${#A} $((1 + $B))',
      'RUN case $A in b) c;; esac',
      'RUN a "${B} $C"',
    ],
  },
  'shell-unquoted-command': {
    bad: ['RUN a $(b)', 'RUN a $(seqs 3)', 'RUN a $([ -f b ] && cat b)'],
    good: [
      'RUN A=$(b)',
      'RUN for x in $(c); do d; done',
      'RUN make -j$(nproc)',
      'RUN a "$(b)"',
      'RUN gcc a.c $(pkg-config --libs b) `llvm-config --ldflags`',
      'RUN cp -R $(nix-store -qR result/) /x',
      'RUN a $([ -f b ] && echo "--c" || true)',
      'RUN dnf install -y https://a/b-$(rpm -E %fedora).rpm',
    ],
  },
  'shell-cd-unchecked': {
    bad: ['RUN cd a; b'],
    good: [
      'RUN cd /c && d',
      'RUN set -e; cd /c; d',
      'RUN a; cd /b',
      'RUN cd a || exit 1; b',
      'RUN set -eux; cd a; b',
      'FROM x:1\nSHELL ["/bin/bash", "-ec"]\nRUN cd a; b',
      'RUN cd ..; b',
    ],
  },
  'shell-test-spaces': {
    bad: ['RUN if [-f a ]; then b; fi', 'RUN [ -f a] && b'],
    good: ['RUN test -f a && [a-z]*', 'RUN [ "$A" = "]" ]', 'RUN [ -f a ] || [ -d "b[1]" ]'],
  },
  'image-reference-invalid': {
    bad: ['FROM a:1\nCOPY --from=A:b:c x y', 'FROM a:1\nRUN --mount=type=bind,from=^b,target=/x y'],
    good: [
      'FROM a:1\nCOPY --from={{ image }} x y',
      'FROM a:1\nCOPY --from=<%= image %> x y',
      'FROM a:1\nRUN --mount=type=bind,from={{image}},target=/x y',
    ],
  },
  'shell-syntax': {
    bad: ['RUN a &&', 'RUN "a', 'RUN if a; then b', 'RUN a | | b', 'RUN (a'],
    good: [
      'RUN a && b',
      'RUN {{ x }}',
      'RUN case a in b) c ;; esac',
      'ARG B=mcr.microsoft.com/windows/servercore\nFROM $B:ltsc2022\nRUN powershell if ((a)) { b }',
    ],
  },
}

describe.each(Object.entries(cases))('%s', (name, { bad, good, config }) => {
  test.each(bad)('finds %s', (text) => expect(strikes(name, `${text}\n`, config)).toBe(true))
  test.each(good)('lets pass %s', (text) => expect(strikes(name, `${text}\n`, config)).toBe(false))
})
