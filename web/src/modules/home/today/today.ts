// What needs this person today, over all places where their roles are held.

import { api, ask, type Shape } from '@/api/api'
import { addDays } from '@/lib/days'

export type Light = Shape<'insight.ListedLight'>
export type Activity = Shape<'orglife.ListedActivity'>
export type Job = Shape<'api.Job'>

/** Of places of roles, of lights, of what is told of each place. */
const MOST_PLACES = 8
const MOST_LIGHTS = 200
const MOST_NEWS = 8
/** How far back what happened is still news. */
const NEWS_DAYS = 14

/** All that are lit, also those beyond the list. */
export interface Counts {
  red: number
  yellow: number
}

export async function readPlaces(signal: AbortSignal): Promise<string[]> {
  const query = { limit: MOST_PLACES }
  const page = await ask(api.GET('/api/v1/organisations', { params: { query }, signal }))
  return page.items.map((place) => place.organisation)
}

/** How far the first start is, and whether this account goes on with it. */
export function readSetup(signal: AbortSignal): Promise<Shape<'app.ShownSetup'>> {
  return ask(api.GET('/api/v1/setup', { signal }))
}

async function countsOf(organisation: string, signal: AbortSignal) {
  const params = { path: { organisation } }
  const address = '/api/v1/organisations/{organisation}/lights/counts'
  return (await ask(api.GET(address, { params, signal }))).counts
}

/** Earliest due first; of one day red before yellow; what has no day comes last. */
export function byUrgency(one: Light, other: Light): number {
  const due = (one.due ?? '9999').localeCompare(other.due ?? '9999')
  if (due !== 0) return due
  return one.level.localeCompare(other.level) || one.name.localeCompare(other.name)
}

/** Those that are due first, wherever this person's roles are held. */
export async function readLights(signal: AbortSignal): Promise<Light[]> {
  const query = { order: 'due' as const, limit: MOST_LIGHTS }
  return (await ask(api.GET('/api/v1/lights', { params: { query }, signal }))).items.sort(byUrgency)
}

export async function readCounts(places: readonly string[], signal: AbortSignal): Promise<Counts> {
  const counts = (await Promise.all(places.map((place) => countsOf(place, signal)))).flat()
  const sum = (level: string) =>
    counts
      .filter((count) => count.level === level)
      .reduce((total, count) => total + Number(count.lights), 0)
  return { red: sum('red'), yellow: sum('yellow') }
}

export interface News {
  activities: Activity[]
  jobs: Job[]
}

/** What was done lately in these places, the latest first. */
export async function readNews(
  places: readonly string[],
  today: string,
  signal: AbortSignal,
): Promise<News> {
  const query = { from: addDays(today, -NEWS_DAYS), limit: MOST_NEWS }
  const of = async (organisation: string): Promise<News> => {
    const path = { organisation }
    const [activities, jobs] = await Promise.all([
      ask(
        api.GET('/api/v1/organisations/{organisation}/activities', {
          params: { path, query },
          signal,
        }),
      ),
      ask(api.GET('/api/v1/organisations/{organisation}/jobs', { params: { path }, signal })),
    ])
    return { activities: activities.items, jobs: jobs.items }
  }
  const all = await Promise.all(places.map(of))
  const since = Date.parse(query.from)
  return {
    activities: all
      .flatMap((news) => news.activities)
      .sort((one, other) => other.held_on.localeCompare(one.held_on))
      .slice(0, MOST_NEWS),
    jobs: all
      .flatMap((news) => news.jobs)
      .filter((job) => Number(job.created_ms) >= since)
      .sort((one, other) => Number(other.created_ms) - Number(one.created_ms))
      .slice(0, MOST_NEWS),
  }
}
