// What other modules may take from this one: work in the background, as it goes on.

export { isOver, useJob, type Job } from './jobs/useJob'
