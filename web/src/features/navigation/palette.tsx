/** ⌘K: any page, segment or customer by a few letters. Loaded when it is first opened. */
import { Modal, TextInput } from '@mantine/core'
import { IconBuilding, IconFilter, IconPlus, IconSearch, IconTemplate, IconUser } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { customerHitsQuery, segmentsQuery } from '@/api/query'
import { paths } from '@/domain/paths'
import { useMay } from '@/features/session'
import { isComposing } from '@/ui/keys'
import { matches } from '@/ui/search'
import { useNavItems } from './nav-items'
import classes from './palette.module.css'

type Hit = { id: string; group: string; label: string; aside?: string; icon: ReactNode; go: () => void }

const useHits = (query: string, onClose: () => void): Hit[] => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const items = useNavItems()
  const seesSegments = useMay('see_segments')
  const editsSegments = useMay('edit_segments')
  const seesCustomers = useMay('see_customers')
  const segments = useQuery({ ...segmentsQuery, enabled: seesSegments }).data?.segments ?? []
  const hits = useQuery({ ...customerHitsQuery(query), enabled: seesCustomers && query !== '' })
  const customers = query === '' ? [] : (hits.data?.rows ?? [])
  const then = (go: () => unknown) => () => {
    onClose()
    void go()
  }
  const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const

  return [
    ...items
      .filter((item) => matches(query, item.label, item.id))
      .map(({ id, label, icon: Icon, to, key }) => ({
        id: `page-${id}`,
        group: t('palette.pages'),
        label,
        aside: `G ${key.toUpperCase()}`,
        icon: <Icon {...icon} />,
        go: then(() => navigate({ to })),
      })),
    ...(editsSegments && matches(query, t('segments.new'))
      ? [
          {
            id: 'new-segment',
            group: t('palette.pages'),
            label: t('segments.new'),
            icon: <IconPlus {...icon} />,
            go: then(() => navigate({ to: paths.newSegment })),
          },
        ]
      : []),
    ...(seesSegments && matches(query, t('templates.title'), 'templates')
      ? [
          {
            id: 'templates',
            group: t('palette.pages'),
            label: t('templates.title'),
            icon: <IconTemplate {...icon} />,
            go: then(() => navigate({ to: paths.templates })),
          },
        ]
      : []),
    ...segments
      .filter((row) => !row.retired && matches(query, row.name, row.id, row.purpose))
      .slice(0, query ? 8 : 5)
      .map((row) => ({
        id: `segment-${row.id}`,
        group: t('nav.segments'),
        label: row.name,
        aside: t('figure.customers', { count: row.count }),
        icon: <IconFilter {...icon} />,
        go: then(() => navigate({ to: paths.segment, params: { id: row.id } })),
      })),
    ...customers.map((row) => ({
      id: `customer-${row.key}`,
      group: t('nav.customers'),
      label: row.name,
      aside: row.key,
      icon: row.kind === 'company' ? <IconBuilding {...icon} /> : <IconUser {...icon} />,
      go: then(() => navigate({ to: paths.customer, params: { key: row.key } })),
    })),
  ]
}

export default function Palette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState(0)
  const composing = useRef(false)
  const close = () => {
    setText('')
    setQuery('')
    setChosen(0)
    onClose()
  }
  const hits = useHits(query, close)
  const at = Math.min(chosen, hits.length - 1)

  const search = (next: string) => {
    setQuery(next.trim())
    setChosen(0)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (
      isComposing(
        { key: event.key, keyCode: event.keyCode, isComposing: event.nativeEvent.isComposing },
        composing.current,
      )
    )
      return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setChosen((at + (event.key === 'ArrowDown' ? 1 : hits.length - 1)) % Math.max(1, hits.length))
    }
    if (event.key === 'Enter') hits[at]?.go()
  }

  return (
    <Modal
      opened={opened}
      onClose={close}
      withCloseButton={false}
      centered={false}
      yOffset="12vh"
      size={560}
      padding={0}
      aria-label={t('palette.label')}
    >
      <TextInput
        data-autofocus
        size="md"
        variant="unstyled"
        className={classes.field}
        leftSection={<IconSearch size={17} stroke={1.6} aria-hidden />}
        placeholder={t('palette.label')}
        aria-label={t('palette.label')}
        role="combobox"
        aria-expanded
        aria-controls="palette-hits"
        aria-activedescendant={hits[at] ? `hit-${hits[at].id}` : undefined}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          if (!composing.current) search(event.currentTarget.value)
        }}
        onCompositionStart={() => {
          composing.current = true
        }}
        onCompositionEnd={(event) => {
          search(event.currentTarget.value)
          setTimeout(() => {
            composing.current = false
          })
        }}
        onKeyDown={onKeyDown}
      />
      <div id="palette-hits" role="listbox" aria-label={t('palette.label')} className={classes.hits}>
        {hits.map((hit, index) => (
          <div key={hit.id} role="presentation">
            {hits[index - 1]?.group !== hit.group && (
              <div className={classes.group} role="presentation">
                {hit.group}
              </div>
            )}
            {/* biome-ignore lint/a11y: the list is operated from the field above it */}
            <div
              id={`hit-${hit.id}`}
              role="option"
              aria-selected={index === at}
              className={classes.hit}
              ref={index === at ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
              onMouseMove={() => setChosen(index)}
              onClick={hit.go}
            >
              {hit.icon}
              <span className={classes.label}>{hit.label}</span>
              <span className={classes.aside}>{hit.aside}</span>
            </div>
          </div>
        ))}
        {hits.length === 0 && <p className={classes.none}>{t('palette.none', { query })}</p>}
      </div>
    </Modal>
  )
}
