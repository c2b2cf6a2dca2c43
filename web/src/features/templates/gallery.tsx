/** Ready-made segments to begin with, by what they are for; each says which data it needs that is not there yet. */
import { IconAlertTriangle, IconArrowRight, IconCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { segmentsQuery } from '@/api/query'
import type { Template } from '@/api/types'
import { paths } from '@/domain/paths'
import { useLabels } from '@/features/conditions'
import { useLanguage } from '@/features/session'
import { ButtonLink } from '@/ui/button-link'
import { matches } from '@/ui/search'
import { Empty } from '@/ui/states'
import { Tag } from '@/ui/tag'
import classes from './gallery.module.css'

type TemplateGalleryProps = { templates: Template[]; q: string; mayEdit: boolean }

type Grouped = Template['group']

export const TemplateGallery = ({ templates, q, mayEdit }: TemplateGalleryProps) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const found = templates.filter((each) =>
    matches(
      q,
      each.names.ja,
      each.names.en,
      each.purpose.ja,
      each.purpose.en,
      each.sentence,
      t(`templates.group.${each.group}`),
      each.id,
    ),
  )
  if (found.length === 0) return <Empty sentence={t('templates.none_found', { q })} />
  const nameOf = (id: string) => templates.find((each) => each.id === id)?.names[language] ?? id
  const groups = [...new Set(found.map(({ group }) => group))]
  return groups.map((group) => (
    <Group
      key={group}
      group={group}
      templates={found.filter((each) => each.group === group)}
      nameOf={nameOf}
      mayEdit={mayEdit}
    />
  ))
}

type Shared = { nameOf: (id: string) => string; mayEdit: boolean }

const Group = ({ group, templates, ...shared }: Shared & { group: Grouped; templates: Template[] }) => {
  const { t } = useTranslation()
  return (
    <section className={classes.group}>
      <h2>{t(`templates.group.${group}`)}</h2>
      <ul className={classes.cards}>
        {templates.map((template) => (
          <Card key={template.id} template={template} {...shared} />
        ))}
      </ul>
    </section>
  )
}

const Card = ({ template, nameOf, mayEdit }: Shared & { template: Template }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  return (
    <li className={classes.card}>
      <h3>{template.names[language]}</h3>
      <p className={classes.purpose}>{template.purpose[language]}</p>
      <p className={classes.sentence} data-sentence>
        {template.sentence}
      </p>
      <p className={classes.next}>
        <IconArrowRight size={14} stroke={1.7} aria-label={t('segments.next_action')} />
        {template.next_action[language]}
      </p>
      <div className={classes.foot}>
        <Needs template={template} nameOf={nameOf} />
        {mayEdit && (
          <ButtonLink
            to={paths.newSegment}
            search={{ template: template.id }}
            variant="light"
            aria-label={t('templates.use_of', { name: template.names[language] })}
          >
            {t('templates.use')}
          </ButtonLink>
        )}
      </div>
    </li>
  )
}

const Needs = ({ template: { missing, needs }, nameOf }: { template: Template; nameOf: Shared['nameOf'] }) => {
  const { t } = useTranslation()
  const labels = useLabels()
  const known = useQuery(segmentsQuery).data?.segments
  const first = needs.segments.filter((id) => known && !known.some((row) => row.id === id && !row.retired))
  // A name is an event's or an attribute's; whichever is known by a label is said by it.
  const said = missing.map((name) => (labels.event(name) === name ? labels.attribute(name) : labels.event(name)))
  const text = t('templates.missing', { what: said.join(', ') })
  return (
    <div className={classes.needs}>
      {missing.length === 0 && first.length === 0 && (
        <Tag tone="purchase" icon={<IconCheck size={13} stroke={2} aria-hidden />}>
          {t('templates.ready')}
        </Tag>
      )}
      {0 < missing.length && (
        <Tag tone="warn" title={text} icon={<IconAlertTriangle size={13} stroke={1.8} aria-hidden />}>
          {text}
        </Tag>
      )}
      {first.map((id) => (
        <Link key={id} to={paths.newSegment} search={{ template: id }} className={classes.first}>
          {t('templates.first', { name: nameOf(id) })}
        </Link>
      ))}
    </div>
  )
}
