/** Who can be reached how, as conditions by the standard names of attributes and events. */
import type { Draft } from './condition-tree'

const has = (attribute: string): Draft => ({ attribute, exists: true })
/** Asked of the customer, or of anybody at the company. */
const anybody = (own: Draft, atCompany: Draft): Draft => ({ any: [own, { contacts: 'any', satisfies: atCompany }] })
/** Nobody is written to who took the consent back or complained. */
const refused: Draft[] = [{ not: { event: 'mail_unsubscribed' } }, { not: { event: 'mail_complained' } }]

export const CHANNELS = {
  phone: anybody(has('phone'), has('phone')),
  mail: anybody(
    { all: [has('email'), { attribute: 'consent_mail', is: true }, ...refused] },
    { all: [has('email'), { attribute: 'consent_basis', in: ['consent', 'card', 'contract'] }, ...refused] },
  ),
  post: has('address'),
} satisfies Record<string, Draft>

export type Channel = keyof typeof CHANNELS
export const CHANNEL_NAMES = Object.keys(CHANNELS) as Channel[]

/** Who of a condition can be reached by a channel. */
export const reachedBy = (condition: Draft, channel: Channel): Draft => ({ all: [condition, CHANNELS[channel]] })
