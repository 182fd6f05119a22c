import { expect, it } from 'vitest'
import { deviceOf } from './device'

it.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36',
    'Windows',
    'Chrome',
  ],
  ['Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0', 'Windows', 'Edge'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1',
    'iOS',
    'Safari',
  ],
  ['Mozilla/5.0 (Linux; Android 13) Chrome/116 Mobile MicroMessenger/8.0', 'Android', 'WeChat'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko Firefox/120.0', 'Linux', 'Firefox'],
  ['curl/7.88.1', '', 'API'],
  ['', '', ''],
])('%s', (agent, system, browser) => expect(deviceOf(agent)).toEqual({ system, browser }))
