// What a browser says of itself, as people call it. Names of makers are the same in any language.

const SYSTEMS: [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/Windows/, 'Windows'],
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]
// The first that fits: most browsers name Chrome or Safari besides themselves.
const BROWSERS: [RegExp, string][] = [
  [/MicroMessenger/, 'WeChat'],
  [/360SE|360EE|QIHU/, '360'],
  [/QQBrowser/, 'QQBrowser'],
  [/HuaweiBrowser/, 'Huawei Browser'],
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
  [/^(curl|python)/i, 'API'],
]

function first(list: [RegExp, string][], agent: string): string {
  return list.find(([pattern]) => pattern.test(agent))?.[1] ?? ''
}

export function deviceOf(agent: string): { system: string; browser: string } {
  return { system: first(SYSTEMS, agent), browser: first(BROWSERS, agent) }
}
