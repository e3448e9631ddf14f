/** Identifiers of the SPDX license list in use, without versions' suffixes `-only` and `-or-later`. */
const identifiers = new Set(
  (
    '0BSD AAL AFL-1.1 AFL-1.2 AFL-2.0 AFL-2.1 AFL-3.0 AGPL-1.0 AGPL-3.0 APL-1.0 APSL-1.0 APSL-1.1 APSL-1.2 APSL-2.0 ' +
    'Apache-1.0 Apache-1.1 Apache-2.0 Artistic-1.0 Artistic-1.0-Perl Artistic-1.0-cl8 Artistic-2.0 BSD-1-Clause BSD-2-Clause ' +
    'BSD-2-Clause-Patent BSD-3-Clause BSD-3-Clause-Clear BSD-3-Clause-LBNL BSD-4-Clause BSD-Protection BSD-Source-Code BSL-1.0 ' +
    'BUSL-1.1 Beerware BitTorrent-1.0 BitTorrent-1.1 BlueOak-1.0.0 CAL-1.0 CATOSL-1.1 CC-BY-1.0 CC-BY-2.0 CC-BY-2.5 CC-BY-3.0 ' +
    'CC-BY-4.0 CC-BY-NC-4.0 CC-BY-NC-ND-4.0 CC-BY-NC-SA-4.0 CC-BY-ND-4.0 CC-BY-SA-3.0 CC-BY-SA-4.0 CC-PDDC CC0-1.0 CDDL-1.0 ' +
    'CDDL-1.1 CECILL-1.0 CECILL-2.0 CECILL-2.1 CECILL-B CECILL-C CERN-OHL-P-2.0 CERN-OHL-S-2.0 CERN-OHL-W-2.0 CNRI-Python ' +
    'CPAL-1.0 CPL-1.0 CUA-OPL-1.0 ClArtistic ECL-1.0 ECL-2.0 EFL-1.0 EFL-2.0 EPL-1.0 EPL-2.0 EUDatagrid EUPL-1.0 EUPL-1.1 ' +
    'EUPL-1.2 Entessa FSFAP FSFUL FSFULLR FTL Fair Frameworx-1.0 GFDL-1.1 GFDL-1.2 GFDL-1.3 GPL-1.0 GPL-2.0 GPL-3.0 HPND ' +
    'ICU IJG IPA IPL-1.0 ISC Imlib2 Intel JSON LAL-1.2 LAL-1.3 LGPL-2.0 LGPL-2.1 LGPL-3.0 LGPLLR LPL-1.0 LPL-1.02 LPPL-1.0 ' +
    'LPPL-1.3a LPPL-1.3c LiLiQ-P-1.1 LiLiQ-R-1.1 LiLiQ-Rplus-1.1 Libpng MIT MIT-0 MIT-CMU MIT-Modern-Variant MPL-1.0 MPL-1.1 ' +
    'MPL-2.0 MPL-2.0-no-copyleft-exception MS-PL MS-RL MirOS Motosoto MulanPSL-1.0 MulanPSL-2.0 Multics NASA-1.3 NBPL-1.0 NCSA ' +
    'NGPL NIST-PD NPL-1.0 NPL-1.1 NPOSL-3.0 NTP Naumen Nokia OCLC-2.0 ODC-By-1.0 ODbL-1.0 OFL-1.0 OFL-1.1 OGTSL OLDAP-2.8 OSET-PL-2.1 ' +
    'OSL-1.0 OSL-2.0 OSL-2.1 OSL-3.0 OpenSSL PHP-3.0 PHP-3.01 PostgreSQL PSF-2.0 Python-2.0 QPL-1.0 RPL-1.1 RPL-1.5 RPSL-1.0 RSCPL ' +
    'Ruby SGI-B-2.0 SISSL SMLNJ SPL-1.0 SSPL-1.0 SimPL-2.0 Sleepycat UCL-1.0 UPL-1.0 Unicode-3.0 Unicode-DFS-2016 Unlicense VSL-1.0 ' +
    'Vim W3C WTFPL Watcom-1.0 X11 XFree86-1.1 Xnet YPL-1.1 ZPL-1.1 ZPL-2.0 ZPL-2.1 Zend-2.0 Zlib bzip2-1.0.6 curl gSOAP-1.3b zlib-acknowledgement'
  ).split(' '),
)

/** Whether a text is an SPDX license expression. */
export function isLicenseExpression(text: string): boolean {
  const tokens = text.match(/\(|\)|[^\s()]+/g) ?? []
  let at = 0
  const license = (): boolean => {
    const token = tokens[at++]
    if (token === '(') return expression() && tokens[at++] === ')'
    if (token === undefined || !isLicense(token)) return false
    if (tokens[at] !== 'WITH') return true
    at += 2
    return /^[A-Za-z0-9.-]+$/.test(tokens[at - 1] ?? '')
  }
  const expression = (): boolean => {
    if (!license()) return false
    while (tokens[at] === 'AND' || tokens[at] === 'OR') {
      at++
      if (!license()) return false
    }
    return true
  }
  return tokens.length < 100 && expression() && at === tokens.length
}

const isLicense = (token: string): boolean =>
  /^(DocumentRef-[\w.-]+:)?LicenseRef-[\w.-]+$/.test(token) ||
  identifiers.has(token.replace(/\+$/, '').replace(/-(only|or-later)$/, ''))
