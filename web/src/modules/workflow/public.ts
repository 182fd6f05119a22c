// What other modules may take from this one.

import { defineAsyncComponent } from 'vue'
import { loadTexts } from '@/lib/texts'

/** `<TasksToday />`: what lies before this person, first what is due first. */
export const TasksToday = defineAsyncComponent(async () => {
  // The texts, too: this is not on a page of this module.
  const [component] = await Promise.all([import('./tasks/TasksToday.vue'), loadTexts('workflow')])
  return component
})

/** `<OwnCases />`: where one's own transfer or admission stands. */
export const OwnCases = defineAsyncComponent(async () => {
  await loadTexts('workflow') // not on a page of this module
  return import('./own/OwnCases.vue')
})

/** `<StartButton organisation="…" person="…" />`: to the procedures that may be opened there. */
export const StartButton = defineAsyncComponent(async () => {
  await loadTexts('workflow') // not on a page of this module
  return import('./start/StartButton.vue')
})

/** `<PersonsField v-bind="field" v-model="ids" :near="organisation" />`: several members by name. */
export const PersonsField = defineAsyncComponent(async () => {
  await loadTexts('workflow') // not on a page of this module
  return import('./form/PersonsField.vue')
})

/** `<PlaceField :at="place" :places="own" @choose="…" />`: at which organisation one looks. */
export const PlaceField = defineAsyncComponent(async () => {
  await loadTexts('workflow') // not on a page of this module
  return import('./cases/PlaceField.vue')
})

export { elementsNamed, useEnglish } from './definitions/definitions'
